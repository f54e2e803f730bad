"""The fuzzer: so many requests of each kind, each answer judged, what is slow asked again."""

import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from statistics import median

from tests.hostile import (
    fuzz_addresses,
    fuzz_admin,
    fuzz_architecture,
    fuzz_bodies,
    fuzz_forms,
    fuzz_headers,
    fuzz_queries,
    fuzz_raw,
)
from tests.hostile.checks import faults
from tests.hostile.client import Answer, send
from tests.hostile.request import SESSION, Request
from tests.hostile.site import Site
from tests.hostile.surface import Surface

# Of 100 requests; what edits the catalog comes last, so that pages before it are not read anew.
KINDS: dict[str, tuple[int, Callable[[Surface, str], Request]]] = {
    "address": (16, fuzz_addresses.address),
    "redirect": (6, fuzz_addresses.redirect),
    "query": (14, fuzz_queries.query),
    "calculator": (6, fuzz_queries.calculator),
    "markup": (14, fuzz_queries.markup),
    "header": (10, fuzz_headers.header),
    "method": (5, fuzz_headers.method),
    "body": (5, fuzz_bodies.body),
    "line": (3, fuzz_raw.line),
    "smuggled": (5, fuzz_raw.smuggled),
    "login": (2, fuzz_bodies.login),
    "listing": (4, fuzz_admin.listing),
    "place": (3, fuzz_admin.place),
    "action": (1, fuzz_admin.action),
    "record": (2, fuzz_forms.record),
    "stored": (3, fuzz_forms.stored),
    "architecture": (1, fuzz_architecture.architecture),
}
TRACEBACK = "Traceback (most recent call last):"
# All of a chain of exceptions but its last.
_LINK = r"\n\n(?:During handling of|The above exception was).*?\n\n"
CHAINED = re.compile(rf"{re.escape(TRACEBACK)}(?:(?!{re.escape(TRACEBACK)}).)*?{_LINK}", re.DOTALL)
TIMES_SLOWER = 10
# Below this nothing is called slow: on a shared machine a page of 2 ms is now and then one of 20.
LEAST_S = 0.1
# A kind that hangs the server is left after so many: each costs the client's whole patience.
MOST_HUNG = 5
# What may take longer than its like, each with its reason; by what its time is compared with.
NAMED_SLOW = {
    "login": "a password is hashed, which is slow on purpose",
    fuzz_admin.USER_FORM: "a password is hashed, which is slow on purpose",
    fuzz_queries.BY_ANSWER: "up to 6,000 answers are counted for one page",
}


@dataclass(frozen=True)
class Asked:
    """A request and how long its answer took. Its time is compared with those of the same page and status."""

    request: Request
    status: int
    seconds: float

    @property
    def like(self) -> str:
        return f"{self.request.page} {self.status}"


@dataclass
class Outcome:
    """What came of the requests of one kind under all seeds."""

    kind: str
    statuses: Counter[str] = field(default_factory=Counter)
    asked: list[Asked] = field(default_factory=list)
    faults: list[tuple[str, Request]] = field(default_factory=list)
    slow: list[tuple[Asked, float]] = field(default_factory=list)
    slow_once: list[Asked] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)
    left_out: int = 0


def shares(requests: int) -> dict[str, int]:
    """How many of so many requests are of each kind: at least one, and all together what was asked for."""
    counts = {kind: max(1, requests * share // 100) for kind, (share, _) in KINDS.items()}
    counts["address"] = max(1, counts["address"] + requests - sum(counts.values()))
    return counts


def made(surface: Surface, name: str) -> Request:
    """The request of a name such as "query:1:57"."""
    return KINDS[name.split(":")[0]][1](surface, name)


def warm_up(surface: Surface) -> None:
    """Every model and every card asked for once, and every address that will be bent."""
    size = max(len(surface.models), len(surface.gpus))
    pairs = ((surface.models[n % len(surface.models)], surface.gpus[n % len(surface.gpus)]) for n in range(size))
    addresses = [*surface.addresses, *surface.queries, *(f"/run/{model}-on-{gpu}/" for model, gpu in pairs)]
    for path in addresses:
        send(surface.site.port, f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
    for path in (*surface.filters, *surface.forms):
        surface.read(path)


def attack(surface: Surface, seed: int, requests: int, kinds: list[str], outcomes: dict[str, Outcome]) -> None:
    """Send so many requests, or of them those of some kinds."""
    for kind, count in shares(requests).items():
        if kind not in kinds:
            continue
        print(f"seed {seed}: {count:,} x {kind}", file=sys.stderr, flush=True)
        outcome = outcomes.setdefault(kind, Outcome(kind))
        asked = _send_all(surface, [f"{kind}:{seed}:{number}" for number in range(count)], outcome)
        outcome.asked += asked
        _ask_slow_again(surface.site, asked, outcome)


def _send_all(surface: Surface, names: list[str], outcome: Outcome) -> list[Asked]:
    asked, hung = [], 0
    for place, name in enumerate(names):
        request = made(surface, name)
        answer = ask(surface.site, request)
        outcome.statuses[f"{answer.status // 100}xx" if answer.status else "none"] += 1
        outcome.faults += [(fault, request) for fault in judged(request, answer, surface.site.new_lines())]
        outcome.marked |= {request.marked} if request.marked and answer.status == 302 else set()
        asked.append(Asked(request, answer.status, answer.seconds))
        if answer.timed_out:
            hung += 1
            surface.site.renew_workers()
            surface.site.new_lines()
        if hung >= MOST_HUNG:
            outcome.left_out += len(names) - place - 1
            break
    return asked


def ask(site: Site, request: Request) -> Answer:
    """The answer to a request; an editor who was put out by it signs in again, and asks once more."""
    answer = _ask_once(site, request)
    if SESSION.encode() in request.data and (answer.status == 403 or "/admin/login/" in answer.header("Location")):
        site.sign_in()
        answer = _ask_once(site, request)
    return answer


def _ask_once(site: Site, request: Request) -> Answer:
    data = request.data.replace(SESSION.encode(), site.session.encode())
    try:
        return send(site.port, data, method=request.method, half_closed=request.half_closed)
    except OSError:
        return Answer()  # no connection: the server is gone


def judged(request: Request, answer: Answer, log: str) -> list[str]:
    """All that is wrong with an answer and what was logged of it; a failure together with its traceback."""
    of_answer, of_log = faults(request, answer), log_faults(log)
    if answer.status >= 500 and of_answer and of_log:
        exception = of_log[0].rpartition(": ")[2]
        return [f"{of_answer[0]}, {exception}", *of_answer[1:], *of_log[1:]]
    return [*of_answer, *of_log]


def log_faults(text: str) -> list[str]:
    """What the server's log must not have: tracebacks, each chain by its last line, and workers that were ended."""
    messages = []
    for chain in CHAINED.sub("", text).split(TRACEBACK)[1:]:
        last = [line for line in chain.splitlines() if re.match(r"[\w.]+(: |$)", line)][:1]
        messages.append(f"the log has a traceback: {''.join(last).split(':')[0][:60]}")
    messages += ["a worker was ended"] * sum(words in text for words in ("WORKER TIMEOUT", "was sent SIGKILL"))
    return messages


def _ask_slow_again(site: Site, asked: list[Asked], outcome: Outcome) -> None:
    """What took long is asked twice more: the shortest of three times counts, for machines are noisy."""
    for slowly, bound in slow(asked):
        again = [ask(site, slowly.request).seconds for _ in range(2)]
        shortest = replace(slowly, seconds=min(slowly.seconds, *again))
        if shortest.seconds > bound:
            outcome.slow.append((shortest, bound))
        else:
            outcome.slow_once.append(slowly)
    site.new_lines()


def slow(asked: list[Asked]) -> list[tuple[Asked, float]]:
    """What took more than ten times the median of its like, with the bound in seconds."""
    like: dict[str, list[float]] = {}
    for each in asked:
        like.setdefault(each.like, []).append(each.seconds)
    bounds = {name: max(LEAST_S, TIMES_SLOWER * median(times)) for name, times in like.items()}
    return [(each, bounds[each.like]) for each in asked if each.seconds > bounds[each.like]]
