"""Refused pages: plain sentences, logged, and nothing of the request in them."""

import logging

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.catalog.people import staff

pytestmark = pytest.mark.django_db


def test_a_form_without_a_cookie_is_refused_with_what_to_do(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="sign_in")
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "<b>", "password": "secret"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Your browser sent no cookie with it" in page
    assert "Allow cookies for this site" in page
    assert "<b>" not in page
    lines = [record.getMessage() for record in caplog.records if record.name == "sign_in"]
    assert lines == ["Refused POST '/admin/login/', CSRF cookie not set.: '' from '127.0.0.1'."]
    assert "secret" not in caplog.text


def test_an_old_form_is_refused_with_another_sentence() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/admin/login/")
    answer = client.post("/admin/login/", {"username": "x", "password": "y", "csrfmiddlewaretoken": "z" * 64})
    assert answer.status_code == 403
    assert "It does not belong to your present visit" in answer.content.decode()


def test_a_refused_page_is_logged_and_kept_by_nobody(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="sign_in")
    client = Client()
    client.force_login(staff("nobody"))
    caplog.clear()
    answer = client.get("/admin/catalog/gpu/")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (403, "no-store")
    [line] = [record.getMessage() for record in caplog.records if record.name == "sign_in"]
    assert line.startswith("Refused GET '/admin/catalog/gpu/', This takes the right “Can view GPU”")
    assert line.endswith(": 'nobody' from '127.0.0.1'.")


def test_who_is_signed_in_and_not_on_the_staff_is_told_so() -> None:
    client = Client()
    client.force_login(User.objects.create(username="visitor"))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 200
    assert "The desk is for accounts of the staff, and yours is not one." in answer.content.decode()
    assert "The desk is for" not in Client().get("/admin/login/").content.decode()


def test_a_refusal_is_one_line_on_the_console_and_no_traceback() -> None:
    [console] = [handler for handler in logging.getLogger().handlers if handler.filters]
    refused = logging.makeLogRecord({"name": "django.request", "status_code": 403})
    missing = logging.makeLogRecord({"name": "django.request", "status_code": 404})
    own = logging.makeLogRecord({"name": "sign_in", "msg": "Refused"})
    assert [bool(console.filter(record)) for record in (refused, missing, own)] == [False, True, True]


HERE = "http://testserver"
FORM = "/admin/catalog/gpu/add/?_popup=1"
LEADS_BACK = 'data-refused="/admin/catalog/gpu/add/?_popup=1"'


def sent_with_an_old_token(path: str, **more: str) -> str:
    """The page that refuses a form of before somebody last signed in."""
    client = Client(enforce_csrf_checks=True)
    client.get("/admin/login/")
    answer = client.post(path, {"csrfmiddlewaretoken": "z" * 64, "name": "<b>typed</b>"}, **more)
    assert answer.status_code == 403
    return str(answer.content.decode())


def test_a_form_of_this_site_is_led_back_to() -> None:
    page = sent_with_an_old_token(FORM, HTTP_ORIGIN=HERE)
    assert (LEADS_BACK in page, 'href="/admin/catalog/gpu/add/?_popup=1">Open the form again' in page) == (True, True)
    assert "typed" not in page.replace("What you typed is kept", "")


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://testserver.example.org", ""])
def test_a_form_of_another_site_is_not(origin: str) -> None:
    page = sent_with_an_old_token(FORM, **({"HTTP_ORIGIN": origin} if origin else {}))
    assert "data-refused" not in page


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/logout/", "/admin//catalog/", "/admin/../gpus/"])
def test_what_is_no_form_of_the_desk_is_not_led_back_to(path: str) -> None:
    assert "data-refused" not in sent_with_an_old_token(path, HTTP_ORIGIN=HERE)
