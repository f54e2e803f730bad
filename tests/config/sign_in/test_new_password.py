"""Old passwords are counted with the wrong tries at the door, and looked at one at a time."""

import logging

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from config.sign_in.checking import the_only_check
from tests.config.sign_in.hashers import checks
from tests.config.sign_in.test_door import HERE, IN, LOCKED, NAME, PASSWORD, WRONG, attempt, later, lines, statuses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]

PAGE = "/admin/password_change/"
NEW = "another-long-phrase-of-words"


@pytest.fixture
def desk(counted: None) -> Client:
    """A browser that is signed in, from the address that tries are made from."""
    User.objects.create_superuser(NAME, password=PASSWORD)
    client = Client(REMOTE_ADDR=HERE)
    assert client.post("/admin/login/", {"username": NAME, "password": PASSWORD}).status_code == IN
    checks()
    return client


def change(desk: Client, old: str = "wrong-old", new: str = NEW) -> HttpResponse:
    return desk.post(PAGE, {"old_password": old, "new_password1": new, "new_password2": new})


def test_five_wrong_old_passwords_are_looked_at_and_then_not_even_the_right_one(desk: Client) -> None:
    assert [change(desk).status_code for _ in range(5)] == [WRONG] * 5
    assert checks() == 5
    answer = change(desk, PASSWORD)
    assert (answer.status_code, checks()) == (LOCKED, 0)
    assert 898 <= int(answer.headers["Retry-After"]) <= 901
    assert "Too many wrong passwords" in answer.content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_they_count_together_with_those_at_the_door(desk: Client) -> None:
    assert statuses(3) == [WRONG] * 3
    assert [change(desk).status_code for _ in range(3)] == [WRONG, WRONG, LOCKED]
    assert attempt(PASSWORD).status_code == LOCKED


def test_rest_ends_by_itself(desk: Client) -> None:
    assert [change(desk).status_code for _ in range(7)][-1] == LOCKED
    later(minutes=15, seconds=1)
    assert change(desk, PASSWORD).headers["Location"] == "/admin/password_change/done/"
    assert User.objects.get().check_password(NEW)


def test_each_is_a_line_in_the_log(desk: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="sign_in")
    for _ in range(6):
        change(desk)
    AccessAttempt.objects.all().delete()
    change(desk, PASSWORD)
    events = [
        *["Wrong old password"] * 5,
        "That was the last try for a quarter of an hour",
        "Refused a new password, too many wrong tries",
        "Changed the password",
    ]
    assert lines(caplog) == [f"{event}: 'editor' from '192.0.2.1'." for event in events]


def test_neither_the_old_nor_the_new_password_is_kept_with_a_try(desk: Client) -> None:
    change(desk)
    change(desk)
    kept = str(AccessAttempt.objects.values().get())
    assert "wrong-old" not in kept
    assert NEW not in kept


def test_who_comes_while_another_is_checked_is_told_so_and_nothing_is_counted(desk: Client) -> None:
    with the_only_check():
        answer = change(desk)
    assert (answer.status_code, answer.headers["Retry-After"], checks()) == (503, "2", 0)
    assert not AccessAttempt.objects.exists()


def test_the_page_is_the_admins_own_and_is_not_kept(desk: Client) -> None:
    answer = desk.get(PAGE)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Run It Locally: the catalog" in answer.content.decode()
    assert "Your old password was entered incorrectly" in change(desk).content.decode()


def test_who_is_not_signed_in_is_led_to_the_door(counted: None) -> None:
    answer = change(Client())
    assert answer.headers["Location"].startswith("/admin/login/")
    assert checks() == 0


def test_a_right_one_clears_no_count(desk: Client) -> None:
    assert [change(desk).status_code for _ in range(4)] == [WRONG] * 4
    assert change(desk, PASSWORD).status_code == IN
    assert [change(desk).status_code for _ in range(2)] == [WRONG, LOCKED]
