"""`next` leads to the admin and nowhere else."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from config.admin_addresses import is_in_admin

PASSWORD = "a-long-password-for-tests"
FOLLOWED = [
    "/admin/",
    "/admin/catalog/gpu/",
    "/admin/catalog/gpu/?vendor=NVIDIA&q=rtx+4090&p=1",
    "/admin/catalog/gpu/1/change/",
]
ELSEWHERE = [
    *("/", "/about/", "/run/?vendor=NVIDIA", "/administration/", "/admin", "admin/", "", "?next=/admin/", "#admin"),
    *("https://evil.example/admin/", "//evil.example/admin/", "///evil.example", "http:evil.example", "https:/admin/"),
    *("javascript:alert(1)", "data:text/html,x", "\\\\evil.example", "/\\evil.example", "/admin/\\..\\..\\about/"),
    *("/admin/../about/", "/admin/./../about/", "/admin/%2e%2e/about/", "/admin/%2E./about/", "/admin/..%2fabout/"),
    *("/admin/..%5cabout/", "/admin//evil.example", "/admin/\t/../about/", "/admin/\n", "\x01/admin/", " /admin/"),
    *("/\t/evil.example", "/admin/\x00", "/admin/é", "/admin/@evil.example/..", "http://testserver/about/"),
]


@pytest.mark.parametrize("address", FOLLOWED)
def test_a_page_of_the_admin_is_followed(address: str) -> None:
    assert is_in_admin(address)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_elsewhere_is_not_followed(address: str) -> None:
    assert not is_in_admin(address)


@pytest.fixture
def editor(db: None, settings: Any) -> User:
    """Who may sign in; what a password costs is no matter here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return User.objects.create_superuser("editor", password=PASSWORD)


def signed_in(query: dict[str, str], form: dict[str, str]) -> str:
    """Where signing in leads."""
    answer = Client().post("/admin/login/", {"username": "editor", "password": PASSWORD, **form}, query_params=query)
    assert answer.status_code == 302
    return answer["Location"]


def test_signing_in_leads_to_the_page_of_the_admin_that_was_asked_for(editor: User) -> None:
    for address in FOLLOWED:
        assert signed_in({"next": address}, {}) == signed_in({}, {"next": address}) == address


def test_signing_in_leads_to_the_first_page_of_the_admin_instead_of_elsewhere(editor: User) -> None:
    for address in ELSEWHERE:
        if not {"\n", "\x00", "é"}.intersection(address):
            assert signed_in({"next": address}, {}) == signed_in({}, {"next": address}) == "/admin/", address


def test_what_django_writes_in_percent_stays_in_the_admin(editor: User) -> None:
    for address in ("/admin/é", "/admin/\n", "/admin/\x00"):
        assert signed_in({"next": address}, {}) in {"/admin/", "/admin/%C3%A9", "/admin/%0A", "/admin/%00"}


@pytest.mark.parametrize("address", ["/about/", "//evil.example", "/admin/../about/", "/admin/%2e%2e/about/"])
def test_signing_out_leads_to_the_admin_or_says_so(editor: User, address: str) -> None:
    client = Client()
    client.force_login(editor)
    answer = client.post("/admin/logout/", {"next": address})
    assert "_auth_user_id" not in client.session
    assert (answer.status_code, answer.headers.get("Location", "/admin/")) in {(200, "/admin/"), (302, "/admin/")}


def test_who_is_not_signed_in_is_asked_to_and_comes_back() -> None:
    answer = Client().get("/admin/catalog/gpu/?vendor=NVIDIA")
    assert urlsplit(answer["Location"]).path == "/admin/login/"
    assert answer["Location"].endswith("?next=/admin/catalog/gpu/%3Fvendor%3DNVIDIA")


def test_the_page_to_sign_in_is_never_kept_by_caches() -> None:
    assert "no-store" in Client().get("/admin/login/")["Cache-Control"]
