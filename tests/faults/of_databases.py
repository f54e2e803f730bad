"""Faults of a PostgreSQL server: stopped and started, hung, away from the beginning, or with a full disk."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from tests import postgres
from tests.faults import catalog
from tests.faults.site import WORKERS, Site, environment, running
from tests.faults.table import Line, line, until
from tests.faults.visitor import Answer, Visitors, ask
from tests.processes import get

AWAY_S = 8.0
# Afterwards an edit is read by every worker, while visitors are at work. A hang costs who asks three seconds.
MOST_S, HUNG_MOST_S = 7.0, 10.0
L4 = "/gpus/l4/"


def faults(server: postgres.Server, url: str, folder: Path) -> Iterator[Line]:
    """The lines of all of them, on a loaded database."""
    environ = environment(url)
    with running(environ, folder) as site:
        yield _stopped(server, site, environ)
        yield _hung(server, site, environ)
    yield _away_from_the_beginning(server, environ, folder)


def _stopped(server: postgres.Server, site: Site, environ: dict[str, str]) -> Line:
    with Visitors(site.port) as visitors:
        time.sleep(1)
        server.stop()
        time.sleep(AWAY_S)
        health = [ask(site.port, path).status for path in ("/healthz", "/readyz")]
        server.start()
        recovered = until(lambda: _follows(site, environ, 501), 20)
    wrong = _in_the_log(site, AWAY_S + 5) + _statuses(health)
    wrong += [] if recovered is not None else ["an edit after it is not served"]
    return line(
        "PostgreSQL stopped and started again",
        visitors.answers,
        most_s=MOST_S,
        recovered_s=recovered,
        faults=wrong,
    )


def _hung(server: postgres.Server, site: Site, environ: dict[str, str]) -> Line:
    with Visitors(site.port) as visitors:
        time.sleep(1)
        server.signal(signal.SIGSTOP)
        time.sleep(AWAY_S)
        health = [ask(site.port, path).status for path in ("/healthz", "/readyz")]
        server.signal(signal.SIGCONT)
        recovered = until(lambda: _follows(site, environ, 502), 20)
    slow = sum(answer.took > 1 for answer in visitors.answers)
    wrong = _in_the_log(site, 2 * AWAY_S + 10) + _statuses(health)
    wrong += [] if recovered is not None else ["an edit after it is not served"]
    return line(
        "PostgreSQL hangs (SIGSTOP, SIGCONT)",
        visitors.answers,
        most_s=HUNG_MOST_S,
        recovered_s=recovered,
        remark=f"{slow} took longer than a second",
        faults=wrong,
    )


def _follows(site: Site, environ: dict[str, str], figure: int) -> bool:
    """Whether an edit that is made now is in the next page."""
    catalog.edit(environ, figure)
    return all(f"{figure} GB/s" in get(f"http://127.0.0.1:{site.port}{L4}") for _ in range(4 * WORKERS))


def _statuses(health: list[int]) -> list[str]:
    """The process lives, and is not ready."""
    return [] if health == [200, 503] else [f"/healthz and /readyz answered {health}"]


def _in_the_log(site: Site, seconds: float) -> list[str]:
    """A line a second of each worker, and no traceback."""
    lines, most = len(site.lines("serving the catalog of")), WORKERS * (seconds + 1)
    wrong = [f"{lines} lines in the log, more than {most:.0f}"] if lines > most else []
    wrong += ["no line in the log"] if not lines else []
    return wrong + ([f"tracebacks in the log: {site.log}"] if site.lines("Traceback") else [])


def _away_from_the_beginning(server: postgres.Server, environ: dict[str, str], folder: Path) -> Line:
    """A process that never saw the catalog says so at once, and serves it as soon as it is there."""
    answers: list[Answer] = []
    with running(environ, folder) as site:
        server.stop()
        for worker in site.workers():
            until(lambda identity=worker: _replaced(site, identity), 20)
        answers = [ask(site.port, L4) for _ in range(20)]
        lives = ask(site.port, "/healthz").status
        server.start()
        recovered = until(lambda: ask(site.port, L4).status == 200, 20)
    wrong = [] if {answer.status for answer in answers} == {503} else ["not every answer was 503"]
    wrong += [] if lives == 200 else ["/healthz failed"]
    wrong += [] if recovered is not None else ["it did not recover"]
    return line(
        "workers started without PostgreSQL",
        answers,
        may_lose=len(answers),
        most_s=MOST_S,
        recovered_s=recovered,
        remark="503 until it is there, as it must be",
        faults=wrong,
    )


def _replaced(site: Site, identity: int) -> bool:
    """Whether another worker came for this one, which is killed."""
    if identity in site.workers():
        os.kill(identity, signal.SIGKILL)
        return False
    return len(site.workers()) == WORKERS and ask(site.port, "/healthz").status == 200
