"""Passwords tried one after another, and the pages of others while twenty try at once."""

import itertools
import threading
from collections import Counter

from tests.editor import NAME, PASSWORD
from tests.hostile import report
from tests.hostile.client import Answer, send
from tests.hostile.request import form
from tests.hostile.site import Site
from tests.hostile.visitors import LONGEST_S, MEDIAN_S, visit

LOGIN = "/admin/login/"
TRIES_ALLOWED = 5
AT_ONCE = 20
WATCHED_S = 10
# What a login that is not even looked at is answered with.
REFUSALS = (403, 429)
OUTCOMES = {0: "no answer", 200: "wrong, may try again", 503: "told to come again, another is being checked"}


def run(site: Site) -> int:
    """Prints both tables; how much is wrong."""
    return _tried(site) + _in_parallel(site)


def _tried(site: Site) -> int:
    """Six wrong passwords and the right one, for the same name from the same address."""
    print("\nPasswords tried for one name")
    rows, wrong = [], 0
    for number in range(1, TRIES_ALLOWED + 3):
        is_right = number == TRIES_ALLOWED + 2
        answer = try_password(site.port, NAME, PASSWORD if is_right else f"{PASSWORD}-{number}")
        outcome, expected = outcome_of(answer), "refused" if number > TRIES_ALLOWED else "wrong, may try again"
        # The answer to the last that is allowed may already say that there will be no other.
        is_as_expected = outcome == expected or (number == TRIES_ALLOWED and outcome == "refused")
        wrong += not is_as_expected
        rows.append(
            (number, "right" if is_right else "wrong", answer.status, outcome, "" if is_as_expected else expected)
        )
    print(report.table(("try", "password", "status", "outcome", "should be"), rows))
    return wrong


def try_password(port: int, name: str, password: str) -> Answer:
    data = form(f"{LOGIN}?next=/admin/", {"username": name, "password": password, "next": "/admin/"})
    return send(port, data, method="POST")


def outcome_of(answer: Answer) -> str:
    """What one who tried a password is told."""
    if answer.status in REFUSALS:
        return "refused"
    if answer.status == 302:
        is_in = "sessionid=" in "".join(value for name, value in answer.headers if name.lower() == "set-cookie")
        return "signed in" if is_in else "led elsewhere"
    return OUTCOMES.get(answer.status, "an error")


def _in_parallel(site: Site) -> int:
    """Pages before and while twenty try passwords, each time for another name."""
    visit(site.port, 2)
    before = visit(site.port, WATCHED_S)
    ended, statuses, names = threading.Event(), Counter[str](), itertools.count()
    threads = [threading.Thread(target=_try_on, args=(site.port, ended, statuses, names)) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    meanwhile = visit(site.port, WATCHED_S)
    ended.set()
    for thread in threads:
        thread.join()
    rows = []
    for label, visits in (("no logins", before), (f"{AT_ONCE} wrong logins at once", meanwhile)):
        times = map(report.milliseconds, (visits.median, visits.percentile_99, visits.longest))
        rows.append((label, len(visits.seconds) + visits.lost, visits.lost, *times, "; ".join(visits.misses())))
    print(f"\nPages meanwhile. Goals: median {MEDIAN_S * 1000:.0f} ms, longest {LONGEST_S * 1000:.0f} ms, none lost\n")
    print(report.table(("", "pages", "lost", "median ms", "99% ms", "longest ms", "missed"), rows))
    print("Logins answered: " + ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(statuses.items())))
    return bool(meanwhile.misses())


def _try_on(port: int, ended: threading.Event, statuses: Counter[str], names: "itertools.count[int]") -> None:
    while not ended.is_set():
        try:
            answer = try_password(port, f"nobody-{next(names)}", "not-the-password-of-anybody")
        except OSError:
            answer = Answer()
        statuses[outcome_of(answer)] += 1
