"""What browsers are told, by the rules of the HTTP Observatory, on every kind of answer of a site of HTTPS."""

import runpy
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.http.response import ResponseHeaders
from django.test import Client

from catalog.models import Gpu
from config.security_headers import HEADERS, SecurityHeadersMiddleware
from tests.observatory import Answer, points, score
from tests.processes import ROOT

HOST = "example.org"
# What follows from SITE_URL.
OF_HTTPS = ("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_", "CSRF_COOKIE_", "ALLOWED_HOSTS")
PUBLIC = [
    *(
        ("/", 200),
        ("/run/qwen2-5-72b-on-l4/", 200),
        ("/models/qwen2-5-72b/", 200),
        ("/calculator/?model=qwen2-5-72b", 200),
    ),
    *(("/nowhere/", 404), ("/run", 301), ("/sitemap.xml", 200), ("/sitemaps/models.xml", 200), ("/robots.txt", 200)),
    *(("/llms.txt", 200), ("/favicon.ico", 200), ("/healthz", 200), ("/static/a.css", 200), ("/static/no.css", 404)),
]
DESK = ["/admin/", "/admin/catalog/gpu/", "/admin/catalog/gpu/add/", "/admin/password_change/"]


@pytest.fixture
def browser(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    """A visitor of https://example.org, whose static files are one style sheet."""
    monkeypatch.setenv("SITE_URL", f"https://{HOST}")
    monkeypatch.delenv("DEBUG", raising=False)
    for name, value in runpy.run_path(str(ROOT / "config/settings.py")).items():
        if name.startswith(OF_HTTPS):
            setattr(settings, name, value)
    (tmp_path / "a.css").write_text("p{}")
    settings.STATIC_ROOT = tmp_path
    return Client(headers={"host": HOST})


def scored(response: Any) -> Answer:
    """The answer as the rules see it; a file has no scripts."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(
        headers, SimpleCookie(response.cookies.output(header="")), response.content.decode() if is_page else ""
    )


def assert_full(response: Any, *, cookies: bool = False) -> None:
    """Every rule gives what it can: 150 points, and 5 for cookies where there are some."""
    answer = scored(response)
    assert score(answer) == (155 if cookies else 150), points(answer)
    assert answer.headers["permissions-policy"] == HEADERS["Permissions-Policy"]
    assert set(response.cookies) <= {"__Host-sessionid", "__Host-csrftoken"}


@pytest.mark.parametrize(("address", "status"), PUBLIC)
def test_every_public_answer_has_the_full_score(browser: Client, db: None, address: str, status: int) -> None:
    response = browser.get(address, secure=True)
    assert response.status_code == status
    assert_full(response)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_so_have_what_is_not_modified_refused_or_redirected(browser: Client, db: None) -> None:
    page = browser.get("/about/", secure=True)
    same = browser.get("/about/", secure=True, headers={"if-none-match": page["ETag"]})
    answers = [same, browser.post("/about/", secure=True), browser.head("/", secure=True)]
    assert [answer.status_code for answer in answers] == [304, 405, 200]
    refused = browser.get("/", secure=True, headers={"host": "evil.example"})
    assert refused.status_code == 400
    for answer in (*answers, refused):
        assert_full(answer)


def test_the_way_to_https_has_all_but_what_only_https_may_say(browser: Client) -> None:
    response = browser.get("/about/")
    assert (response.status_code, response["Location"]) == (301, f"https://{HOST}/about/")
    assert points(scored(response)) == {
        **points(scored(browser.get("/robots.txt", secure=True))),
        "Strict-Transport-Security": -20,
    }


def test_signing_in_and_the_desk_have_it_with_their_cookies(browser: Client, db: None) -> None:
    assert_full(browser.get("/admin/login/", secure=True), cookies=True)
    browser.force_login(User.objects.create_superuser("editor"))
    pages = [*DESK, f"/admin/catalog/gpu/{Gpu.objects.all()[0].pk}/change/"]
    for answer in (browser.get(address, secure=True) for address in pages):
        assert answer.status_code == 200
        assert_full(answer, cookies=bool(answer.cookies))


def test_so_has_a_form_that_was_sent_from_elsewhere(browser: Client, db: None) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": HOST})
    response = strict.post("/admin/login/", {"username": "a"}, secure=True)
    assert (response.status_code, b"Nothing was saved" in response.content) == (403, True)
    assert b"style" not in response.content
    assert_full(response)


def test_while_debugging_the_pages_about_an_error_may_have_their_style(settings: Any) -> None:
    for debug, statuses in ((True, [200, 302]), (False, [200, 302, 404, 500])):
        settings.DEBUG = debug
        with_policy = []
        for status in (200, 302, 404, 500):
            answer = SecurityHeadersMiddleware(lambda _, status=status: HttpResponse(status=status))(None)  # type: ignore
            with_policy += [status] if "Content-Security-Policy" in answer else []
        assert with_policy == statuses


def test_the_place_where_django_keeps_headers_is_as_it_was() -> None:
    """All at once they are written where Django keeps them, which is private: config/security_headers.py."""
    headers = ResponseHeaders({"X-Frame-Options": "DENY"})
    assert headers._store == {"x-frame-options": ("X-Frame-Options", "DENY")}
