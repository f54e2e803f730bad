"""Mail is sent beside the request that asked for it, or how long the answer takes would tell what was sent."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from django.db import connections

logger = logging.getLogger("sign_in")
MOST_WAITING = 20
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
_places = BoundedSemaphore(MOST_WAITING)


def beside(task: Callable[[], None]) -> None:
    """Carry out a task after those that wait, on a thread of its own; none more than there is room for."""
    if not _places.acquire(blocking=False):
        logger.warning("No mail was sent: %s wait to be.", MOST_WAITING)
        return
    _sender.submit(_carry_out, task)


def _carry_out(task: Callable[[], None]) -> None:
    try:
        task()
    except Exception as error:
        # Of the error its kind alone: what a server says may repeat the mail.
        logger.error("A mail could not be sent: %s.", type(error).__name__)
    finally:
        connections.close_all()
        _places.release()
