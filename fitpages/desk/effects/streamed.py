"""A page that is sent while its effects are counted: how far it is, then what was counted. It works without a script.

One count runs at a time in a process, so that those who read pages never wait behind several.
"""

import threading
from collections.abc import Generator, Iterator

from django.http import StreamingHttpResponse
from django.template.loader import render_to_string

from catalog.snapshot import Snapshot
from fitpages.desk.effects.counting import Report, step_by_step

# Where in the page the counting stands.
MARK = "<!-- counted here -->"
STEP, REPORT, BUSY = "admin/_effects_step.html", "admin/_effects_report.html", "admin/_effects_busy.html"
RUNNING = threading.Lock()


def stream(page: str, before: Snapshot, after: Snapshot, began: float) -> StreamingHttpResponse:
    """The page with the effects at its MARK. Neither GZipMiddleware nor a proxy may hold back what is short."""
    head, _, tail = page.partition(MARK)
    headers = {"Content-Encoding": "identity", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(parts(head, tail, before, after, began), headers=headers)


def parts(head: str, tail: str, before: Snapshot, after: Snapshot, began: float) -> Generator[str]:
    """What is sent, part by part; the next count may begin when the last part is made, or nobody waits for it."""
    yield head
    if not RUNNING.acquire(blocking=False):
        yield _rendered(BUSY)
        yield tail
        return
    try:
        yield from _counted(step_by_step(before, after, began))
    finally:
        RUNNING.release()
    yield tail


def _counted(reports: Iterator[Report]) -> Iterator[str]:
    report = next(reports)
    for later in reports:
        yield _rendered(STEP, report=report)
        report = later
    yield _rendered(REPORT, report=report, effects=report.effects)


def _rendered(template: str, **context: object) -> str:
    return render_to_string(template, context, using="admin")
