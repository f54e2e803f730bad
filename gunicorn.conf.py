"""gunicorn's settings; WEB_CONCURRENCY sets the number of worker processes."""

import gc
from typing import Any

worker_class = "gthread"
threads = 2
keepalive = 15
preload_app = False


def post_worker_init(_: Any) -> None:
    """A page makes hundreds of objects and hardly a cycle: looking for cycles after every 700 takes 4% of the pages."""
    gc.set_threshold(20_000, 20, 20)
