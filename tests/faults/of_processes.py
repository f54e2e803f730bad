"""Faults of the processes that serve: a worker killed, a reload, a stop while pages are asked for."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.site import Site, environment, running
from tests.faults.table import Line, line, until
from tests.faults.visitor import Visitors

# With visitors at work, while each new worker reads the catalog, on a machine that does other things as well.
MOST_S = 10.0


def faults(url: str, folder: Path) -> Iterator[Line]:
    """The lines of all of them, on a loaded database."""
    environ = environment(url)
    with running(environ, folder) as site:
        yield _kill(site)
        yield _reload(site)
        yield _stop(site)


def _kill(site: Site) -> Line:
    """SIGKILL: what that worker was answering is lost, one request of each visitor at most."""
    before = site.workers()
    with Visitors(site.port) as visitors:
        time.sleep(1)
        os.kill(before[0], signal.SIGKILL)
        recovered = until(lambda: len(site.workers()) == len(before) and before[0] not in site.workers(), 20)
        time.sleep(3)
    wrong = [] if recovered is not None else ["no other worker came"]
    return line(
        "a worker is killed",
        visitors.answers,
        may_lose=visitors.number,
        most_s=MOST_S,
        recovered_s=recovered,
        faults=wrong,
    )


def _reload(site: Site) -> Line:
    """SIGHUP: new workers come, the old ones end what they began."""
    before = set(site.workers())
    with Visitors(site.port) as visitors:
        time.sleep(1)
        site.process.send_signal(signal.SIGHUP)
        recovered = until(lambda: not before & set(site.workers()), 40)
        time.sleep(2)
    wrong = [] if recovered is not None else ["the old workers stayed"]
    return line("a reload (SIGHUP)", visitors.answers, most_s=MOST_S, recovered_s=recovered, faults=wrong)


def _stop(site: Site) -> Line:
    """SIGTERM: what was begun is answered. Who comes later is refused, or waits in a queue that nobody empties."""
    with Visitors(site.port) as visitors:
        time.sleep(1)
        stopped_at = time.monotonic()
        site.process.send_signal(signal.SIGTERM)
        ended = until(lambda: site.process.poll() is not None, 40)
    begun = [answer for answer in visitors.answers if answer.began < stopped_at]
    late = [answer for answer in visitors.answers if answer.began >= stopped_at and answer.is_lost]
    wrong = [] if ended is not None else ["it did not end"]
    name, remark = "a stop (SIGTERM) while pages are asked for", f"{len(late)} who came later were turned away"
    return line(name, begun, most_s=MOST_S, recovered_s=ended, remark=remark, faults=wrong)
