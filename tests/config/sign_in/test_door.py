"""Five wrong tries by name and address, then a quarter of an hour in which no password is looked at."""

import datetime
import logging
import re

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.config.sign_in.hashers import checks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]

NAME, PASSWORD = "editor", "a-long-password-for-tests"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"
WRONG, LOCKED, IN = 200, 429, 302


@pytest.fixture(autouse=True)
def _account(counted: None) -> None:
    User.objects.create_superuser(NAME, password=PASSWORD)
    checks()


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The log of signing in; no log has a password."""
    assert PASSWORD not in caplog.text
    return [record.getMessage() for record in caplog.records if record.name == "sign_in"]


def attempt(password: str = "wrong", name: str = NAME, address: str = HERE, **more: str) -> HttpResponse:
    form = {"username": name, "password": password, "next": "/admin/"}
    return Client().post("/admin/login/", form, REMOTE_ADDR=address, **more)


def statuses(count: int, **given: str) -> list[int]:
    return [attempt(**given).status_code for _ in range(count)]


def later(**time: float) -> None:
    """What was tried was tried so long ago."""
    for tried in AccessAttempt.objects.all():
        moment = tried.attempt_time - datetime.timedelta(**time)
        AccessAttempt.objects.filter(pk=tried.pk).update(attempt_time=moment)


def test_five_wrong_tries_are_looked_at_and_then_not_even_a_right_one() -> None:
    assert statuses(5) == [WRONG] * 5
    assert checks() == 5
    assert statuses(3) == [LOCKED] * 3
    assert attempt(PASSWORD).status_code == LOCKED
    assert checks() == 0, "a refused try costs no check of a password"


def test_the_page_says_what_happened_and_when_to_try_again() -> None:
    statuses(5)
    later(minutes=10)
    answer = attempt(PASSWORD)
    assert 298 <= int(answer.headers["Retry-After"]) <= 301
    again = re.search(r"Try again at (\d\d:\d\d) UTC\.", answer.content.decode())
    assert again is not None
    five = timezone.now() + datetime.timedelta(minutes=5)
    assert again[1] in {f"{five + datetime.timedelta(seconds=off):%H:%M}" for off in (-5, 0, 5)}
    assert "for 15 minutes" in answer.content.decode()
    assert NAME not in answer.content.decode()


def test_trying_meanwhile_makes_it_no_later_and_it_ends_by_itself() -> None:
    statuses(5)
    later(minutes=14, seconds=30)
    assert statuses(2) == [LOCKED] * 2
    later(seconds=31)
    assert attempt(PASSWORD).status_code == IN


def test_a_right_try_begins_the_count_anew() -> None:
    assert [*statuses(4), attempt(PASSWORD).status_code, *statuses(5)] == [WRONG] * 4 + [IN] + [WRONG] * 5
    assert attempt(PASSWORD).status_code == LOCKED


def test_nobody_locks_an_editor_out_from_elsewhere() -> None:
    assert statuses(6, address=ELSEWHERE)[-1] == LOCKED
    assert attempt(PASSWORD).status_code == IN


def test_a_name_that_no_account_has_is_answered_the_same() -> None:
    answers = {name: [attempt(name=name) for _ in range(6)] for name in (NAME, "nobody")}
    for real, none in zip(*answers.values(), strict=True):
        assert real.status_code == none.status_code
    assert answers[NAME][5].content == answers["nobody"][5].content


def test_many_names_from_one_address_are_stopped_too() -> None:
    assert [attempt(name=f"name{n}").status_code for n in range(20)] == [WRONG] * 20
    assert attempt(name="name20").status_code == LOCKED
    assert attempt(PASSWORD).status_code == LOCKED
    assert attempt(PASSWORD, address=ELSEWHERE).status_code == IN


@pytest.mark.parametrize(
    "header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_CLIENT_IP", "HTTP_FORWARDED", "HTTP_USER_AGENT"]
)
def test_nothing_that_a_request_says_of_itself_gives_more_tries(header: str) -> None:
    answers = [attempt(**{header: f"203.0.113.{n}"}).status_code for n in range(6)]
    assert answers == [WRONG] * 5 + [LOCKED]
    assert AccessAttempt.objects.count() == 1


def test_other_addresses_of_one_network_are_one_address() -> None:
    answers = [attempt(address=f"2001:db8:1:2::{n}").status_code for n in range(1, 7)]
    assert answers == [WRONG] * 5 + [LOCKED]
    assert attempt(address="2001:db8:1:3::1").status_code == WRONG


@pytest.mark.parametrize("name", ["x" * 151, "x" * 10_000, "x\x00y", "", " "])
def test_a_name_that_cannot_be_is_not_looked_at_and_not_kept(name: str) -> None:
    assert attempt(name=name).status_code == WRONG
    assert (checks(), AccessAttempt.objects.count()) == (0, 0)


def test_the_longest_name_is_kept_and_rows_go_with_their_time() -> None:
    attempt(name="x" * 150)
    assert AccessAttempt.objects.get().username == "x" * 150
    later(minutes=16)
    attempt(name="other")
    assert AccessAttempt.objects.get().username == "other"


def test_each_try_is_a_line_with_name_and_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="sign_in")
    statuses(6, name="a\nb")
    attempt(PASSWORD, address=ELSEWHERE)
    wrong = "Wrong name or password: 'a\\nb' from '192.0.2.1'."
    last = "That was the last try for a quarter of an hour: 'a\\nb' from '192.0.2.1'."
    refused = "Refused to sign in, too many wrong tries: 'a\\nb' from '192.0.2.1'."
    assert lines(caplog) == [*[wrong] * 5, last, refused, "Signed in: 'editor' from '198.51.100.7'."]


def test_a_right_password_without_staff_status_is_a_line_and_no_try(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="sign_in")
    User.objects.create_user("reader", password=PASSWORD)
    answer = attempt(PASSWORD, name="reader")
    assert answer.status_code == WRONG
    assert "for a staff account" in answer.content.decode()
    assert lines(caplog) == [
        "Refused to sign in, right password without staff status: 'reader' from '192.0.2.1'.",
    ]
    assert not AccessAttempt.objects.exists()


def test_signing_out_is_a_line_too(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="sign_in")
    client = Client(REMOTE_ADDR=HERE)
    client.post("/admin/login/", {"username": NAME, "password": PASSWORD})
    client.post("/admin/logout/")
    assert lines(caplog) == [f"{event}: 'editor' from '192.0.2.1'." for event in ("Signed in", "Signed out")]


def test_no_password_and_no_token_is_kept() -> None:
    form = {"username": NAME, "password": "secret-one", "csrfmiddlewaretoken": "secret-two"}
    Client().post("/admin/login/?next=/admin/", form)
    assert "secret" not in str(AccessAttempt.objects.values().get())


def test_who_signs_in_leaves_no_row_and_clears_ended_sessions() -> None:
    yesterday = timezone.now() - datetime.timedelta(days=1)
    Session.objects.create(session_key="ended", session_data="", expire_date=yesterday)
    assert attempt(PASSWORD).status_code == IN
    assert not Session.objects.filter(session_key="ended").exists()
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("address", ["/", "/gpus/", "/run/qwen2-5-72b-on-l4/"])
def test_a_public_page_costs_one_query_after_wrong_tries(
    client: Client, address: str, django_assert_num_queries: object
) -> None:
    statuses(6)
    client.get(address)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert client.get(address).status_code == 200
