"""Connections that give nothing, a hundred of each kind, alone and all at once; and the pages of others meanwhile."""

import socket
import time

from tests.hostile import floods, report
from tests.hostile.client import parse
from tests.hostile.floods import FLOODS, Flood, Flooding
from tests.hostile.request import form
from tests.hostile.site import Site
from tests.hostile.visitors import LONGEST_S, MEDIAN_S, Visits, visit

WATCHED_S = 20
# A goal: no connection that gives nothing, or a byte a second, is held longer, seconds.
ENDED_WITHIN_S = 30
HEAD = ("connections", "pages", "lost", "median ms", "99% ms", "longest ms", "held at most s", "still held", "missed")


def run(site: Site) -> int:
    """Prints the table; how many goals are missed."""
    visit(site.port, 3)
    alone = visit(site.port, WATCHED_S)
    rows = [_row("none", alone, [])]
    rows += [_attacked(site, flood.name, (flood,)) for flood in FLOODS]
    honest = [_slow_but_honest(site)]
    rows.append(_attacked(site, f"all {len(FLOODS)} kinds at once", FLOODS, honest))
    print(f"\n{floods.EACH} connections of a kind, opened again for {WATCHED_S} s; ten pages a second meanwhile")
    times = f"median {MEDIAN_S * 1000:.0f} ms, longest {LONGEST_S * 1000:.0f} ms"
    print(f"Goals: {times}, none lost, connections held for {ENDED_WITHIN_S} s at most\n")
    print(report.table(HEAD, rows))
    if alone.longest > LONGEST_S:
        print("The machine is busy: without any attack a page took longer than the goal.")
    print(f"A login form that takes 3 s to be sent: {honest[0]}; under all attacks: {honest[1]}")
    return sum(bool(row[-1]) for row in rows[1:]) + sum("served" not in answer for answer in honest)


def _attacked(site: Site, name: str, kinds: tuple[Flood, ...], honest: list[str] | None = None) -> tuple[object, ...]:
    """A line of the table: pages during the attack, and how long its connections were held."""
    attack = [Flooding(site.port, flood) for flood in kinds]
    for flooding in attack:
        flooding.start()
    time.sleep(1)
    visits = visit(site.port, WATCHED_S)
    if honest is not None:
        honest.append(_slow_but_honest(site))
    for flooding in attack:
        flooding.open_no_more()
    _await_end(attack)
    row = _row(name, visits, attack)
    for flooding in attack:
        flooding.end()
    time.sleep(1)
    return row


def _await_end(attack: list[Flooding]) -> None:
    deadline = time.perf_counter() + ENDED_WITHIN_S + 1
    while time.perf_counter() < deadline and any(flooding.still_held for flooding in attack):
        time.sleep(0.2)


def _row(name: str, visits: Visits, attack: list[Flooding]) -> tuple[object, ...]:
    held = max((flooding.longest_held for flooding in attack), default=0.0)
    missed = visits.misses() + ([f"held over {ENDED_WITHIN_S} s"] if held > ENDED_WITHIN_S else [])
    times = (report.milliseconds(seconds) for seconds in (visits.median, visits.percentile_99, visits.longest))
    still = sum(flooding.still_held for flooding in attack)
    pages = len(visits.seconds) + visits.lost
    return (name, pages, visits.lost, *times, f"{held:.1f}", still, "; ".join(missed))


def _slow_but_honest(site: Site, seconds: float = 3.0, pieces: int = 30) -> str:
    """What a reader is told who sends a login form over a slow line."""
    data = form("/admin/login/", {"username": "somebody slow", "password": "not the right one, sent slowly"})
    step = -(-len(data) // pieces)
    try:
        with socket.create_connection(("127.0.0.1", site.port), timeout=10) as connection:
            for place in range(0, len(data), step):
                connection.sendall(data[place : place + step])
                time.sleep(seconds / pieces)
            received = b"".join(iter(lambda: connection.recv(65536), b""))
    except OSError as error:
        return f"lost ({type(error).__name__})"
    answer = parse(received, "POST")
    return f"served, {answer.status}" if answer.status in (200, 302, 403, 429) else f"refused, {answer.status}"
