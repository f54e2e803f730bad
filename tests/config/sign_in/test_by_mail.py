"""A new password by mail: for the staff alone, throttled, and without a word on who has an account."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client

from config.sign_in import mails
from config.sign_in.checking import the_only_check
from tests.config.sign_in.test_door import ELSEWHERE, HERE, LOCKED, WRONG, attempt, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]

PAGE, DONE = "/admin/password_reset/", "/admin/password_reset/done/"
MAIL, NEW = "anna@example.org", "another-long-phrase-of-words"


@pytest.fixture(autouse=True)
def _mail(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server for mail is named, and mail is sent at once."""
    settings.SENDS_MAIL = True
    monkeypatch.setattr(mails, "beside", _at_once)


def _at_once(task: Callable[[], None]) -> None:
    task()


@pytest.fixture
def anna(counted: None) -> User:
    return User.objects.create_user("anna", MAIL, "an-old-phrase-of-words", is_staff=True)


def ask(email: str = MAIL, address: str = HERE, **more: str) -> HttpResponse:
    return Client().post(PAGE, {"email": email}, REMOTE_ADDR=address, **more)


def link(mail: EmailMessage) -> str:
    (address,) = re.findall(r"http://localhost:8000(/admin/password_reset/\S+)", str(mail.body))
    return str(address)


def test_the_mail_leads_to_a_new_password_once(anna: User, mailoutbox: list[EmailMessage]) -> None:
    assert ask().headers["Location"] == DONE
    (mail,) = mailoutbox
    assert (mail.to, "anna" in str(mail.body)) == ([MAIL], True)
    assert MAIL not in mail.subject
    client = Client()
    form = client.get(link(mail), follow=True)
    answer = client.post(form.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    assert answer.headers["Location"] == "/admin/password_reset/complete/"
    anna.refresh_from_db()
    assert anna.check_password(NEW)
    assert "/admin/login/" in client.get(answer.headers["Location"]).content.decode()
    assert "link was invalid" in Client().get(link(mail), follow=True).content.decode()


def test_a_weak_password_is_refused(anna: User, mailoutbox: list[EmailMessage]) -> None:
    ask()
    client = Client()
    address = client.get(link(mailoutbox[0]), follow=True).redirect_chain[-1][0]
    answer = client.post(address, {"new_password1": "short", "new_password2": "short"})
    assert "too short" in answer.content.decode()


def test_nobody_is_told_whether_there_is_an_account(anna: User, mailoutbox: list[EmailMessage]) -> None:
    mine, nobodys = ask(), ask("nobody@example.org")
    assert (mine.status_code, mine.headers["Location"]) == (nobodys.status_code, nobodys.headers["Location"])
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("change", [{"is_staff": False}, {"is_active": False}])
def test_only_active_accounts_of_the_staff_get_mail(
    anna: User, mailoutbox: list[EmailMessage], change: dict[str, bool]
) -> None:
    ask()
    User.objects.update(**change)
    assert ask().headers["Location"] == DONE
    assert len(mailoutbox) == 1
    assert "link was invalid" in Client().get(link(mailoutbox[0]), follow=True).content.decode()


def test_the_host_of_the_link_is_not_what_the_request_says(anna: User, mailoutbox: list[EmailMessage]) -> None:
    ask(HTTP_HOST="127.0.0.1:99")
    assert link(mailoutbox[0])


def test_five_of_an_address_of_mail_are_looked_at_and_then_none(anna: User, mailoutbox: list[EmailMessage]) -> None:
    assert [ask().status_code for _ in range(5)] == [302] * 5
    answer = ask()
    assert answer.status_code == LOCKED
    assert 898 <= int(answer.headers["Retry-After"]) <= 901
    assert "No mail was sent" in answer.content.decode()
    assert len(mailoutbox) == 5
    assert ask(address=ELSEWHERE).status_code == 302
    later(minutes=15, seconds=1)
    assert ask().status_code == 302


def test_they_count_with_the_wrong_tries_of_where_they_come_from() -> None:
    assert [ask(f"{number}@example.org").status_code for number in range(20)] == [302] * 20
    assert ask("another@example.org").status_code == attempt().status_code == LOCKED
    assert attempt(address=ELSEWHERE).status_code == WRONG


def test_the_log_says_who_and_never_the_link(
    anna: User, mailoutbox: list[EmailMessage], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ask()
    ask("nobody@example.org")
    client = Client(REMOTE_ADDR=HERE)
    address = client.get(link(mailoutbox[0]), follow=True).redirect_chain[-1][0]
    client.post(address, {"new_password1": NEW, "new_password2": NEW})
    events = [record.getMessage() for record in caplog.records if record.name == "sign_in"]
    assert events == [
        f"Asked for a new password by mail: '{MAIL}' from '{HERE}'.",
        f"Mailed a way to a new password: 'anna' from '{HERE}'.",
        f"Asked for a new password by mail: 'nobody@example.org' from '{HERE}'.",
        f"Set a new password by mail: 'anna' from '{HERE}'.",
    ]
    token = link(mailoutbox[0]).split("/")[-2]
    assert token not in caplog.text
    assert token not in str(list(AccessAttempt.objects.values()))


def test_a_new_password_is_made_in_turn(anna: User, mailoutbox: list[EmailMessage]) -> None:
    ask()
    client = Client()
    address = client.get(link(mailoutbox[0]), follow=True).redirect_chain[-1][0]
    with the_only_check():
        answer = client.post(address, {"new_password1": NEW, "new_password2": NEW})
    assert answer.status_code == 503


@pytest.mark.parametrize("address", [PAGE, DONE, "/admin/password_reset/complete/", "/admin/password_reset/MQ/x/"])
def test_without_a_server_for_mail_each_page_says_whom_to_ask(settings: Any, address: str) -> None:
    assert Client().get(address).status_code == 200
    settings.SENDS_MAIL = False
    answer = Client().get(address)
    assert answer.status_code == 404
    assert "Ask a superuser of this site to set a new one for you." in answer.content.decode()


def test_the_door_has_the_way_to_it_only_with_one(settings: Any) -> None:
    assert f'href="{PAGE}"' in Client().get("/admin/login/").content.decode()
    settings.SENDS_MAIL = False
    html = Client().get("/admin/login/").content.decode()
    assert f'href="{PAGE}"' not in html
    assert "Forgotten your password? Ask a superuser" in html


def test_no_page_of_it_is_kept(anna: User, mailoutbox: list[EmailMessage]) -> None:
    ask()
    for address in (PAGE, DONE, link(mailoutbox[0])):
        assert "no-store" in Client().get(address).headers["Cache-Control"]
