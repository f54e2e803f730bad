"""Wrong tries side by side at a real server: no way round the count, and public pages stay fast meanwhile."""

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.editor import NAME, PASSWORD, make_account
from tests.loaded_site import load_site
from tests.processes import environment, get, serving

SIDE_BY_SIDE, TRIES = 12, 36


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    environ = environment(tmp_path_factory.mktemp("tries") / "db.sqlite3")
    load_site(environ)
    make_account(environ)
    with serving(environ) as origin:
        get(f"{origin}/gpus/l4/")
        yield origin


class Door:
    """The page where one signs in, opened once: its cookie and token do for every try."""

    def __init__(self, origin: str) -> None:
        self.address = f"{origin}/admin/login/"
        cookies = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
        form = opener.open(self.address, timeout=10).read().decode()
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]  # type: ignore[index]
        self.cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)

    def attempt(self, password: str, name: str = NAME) -> int:
        values = {"csrfmiddlewaretoken": self.token, "username": name, "password": password}
        headers = {"Cookie": self.cookie, "Referer": self.address}
        body = urllib.parse.urlencode(values).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(self.address, body, headers), timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


def test_tries_side_by_side_are_no_more_than_one_after_another(origin: str) -> None:
    door = Door(origin)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        answers = Counter(pool.map(door.attempt, ["wrong"] * TRIES))
    while 429 not in answers:
        answers[door.attempt("wrong")] += 1
    assert answers[200] == 5, answers
    assert answers.keys() <= {200, 429, 503}
    assert door.attempt(PASSWORD) == 429


def test_public_pages_are_answered_meanwhile(origin: str, capsys: pytest.CaptureFixture[str]) -> None:
    door, alone = Door(origin), _times_ms(origin)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        tries = [pool.submit(door.attempt, "wrong", f"name{number}") for number in range(200)]
        meanwhile = _times_ms(origin)
        answers = Counter(done.result() for done in tries)
    with capsys.disabled():
        print(
            f"\nA page in ms, median and worst of {len(alone)}: alone {alone[len(alone) // 2]:.1f} and {alone[-1]:.1f},"
        )
        print(
            f"beside wrong tries {meanwhile[len(meanwhile) // 2]:.1f} and {meanwhile[-1]:.1f}; tries {dict(answers)}."
        )
    assert answers[503] > 0
    # Where every try is checked, a page waits for several checks: seconds.
    assert meanwhile[len(meanwhile) // 2] < 500


def _times_ms(origin: str) -> list[float]:
    """Of a public page, asked for forty times, least first."""
    times = []
    for _ in range(40):
        start = time.monotonic()
        get(f"{origin}/gpus/l4/")
        times.append(1000 * (time.monotonic() - start))
    return sorted(times)
