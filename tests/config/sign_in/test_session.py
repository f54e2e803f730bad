"""A session ends twelve hours after signing in, however often it is saved."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.config.sign_in.test_door import NAME, PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]

HOUR = datetime.timedelta(hours=1)
SLACK = datetime.timedelta(minutes=1)


@pytest.fixture
def desk(counted: None) -> Client:
    """A browser whose user has just signed in."""
    User.objects.create_superuser(NAME, password=PASSWORD)
    client = Client()
    assert client.post("/admin/login/", {"username": NAME, "password": PASSWORD}).status_code == 302
    return client


def clock_goes_on(monkeypatch: pytest.MonkeyPatch, time: datetime.timedelta) -> None:
    """From now on it is later by so much, for Django as for the site."""
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + time)


def save_a_group(client: Client, name: str) -> HttpResponse:
    """A save at the desk, which puts what it says into the session."""
    return client.post("/admin/auth/group/add/", {"name": name})


def test_a_save_six_hours_later_leaves_the_end_where_it_was(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    end = timezone.now() + 12 * HOUR
    clock_goes_on(monkeypatch, 6 * HOUR)
    answer = save_a_group(desk, "late")
    assert answer.status_code == 302
    cookie = answer.cookies["sessionid"]
    assert abs(Session.objects.get().expire_date - end) < SLACK
    assert abs(datetime.timedelta(seconds=int(cookie["max-age"])) - 6 * HOUR) < SLACK


def test_after_twelve_hours_one_signs_in_again_though_one_saved_in_the_eleventh(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock_goes_on(monkeypatch, 11 * HOUR)
    save_a_group(desk, "late")
    assert desk.get("/admin/").status_code == 200
    clock_goes_on(monkeypatch, HOUR + SLACK)
    answer = desk.get("/admin/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/admin/login/")


def test_a_new_password_does_not_move_the_end(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    end = Session.objects.get().expire_date
    clock_goes_on(monkeypatch, 6 * HOUR)
    new = "another-long-phrase-of-words"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert desk.post("/admin/password_change/", form).status_code == 302
    assert abs(Session.objects.get().expire_date - end) < SLACK
