"""What machines ask for: robots, sitemaps, llms.txt, security.txt and the icon."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_robots_leads_to_the_sitemaps_and_keeps_out_of_the_admin(client: Client, settings: Any) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemaps/gpus.xml"])
def test_a_sitemap_is_xml(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    assert answer.getvalue().startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n')


@pytest.mark.parametrize("name", ["pairs-0", "pairs-999", "pairs--1", "pairs-1e3", "nothing", "pairs-" + "9" * 50])
def test_there_is_no_other_sitemap(client: Client, name: str) -> None:
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_llms_txt_is_plain_text_that_caches_ask_for_again(client: Client) -> None:
    answer = client.get("/llms.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert client.get("/llms.txt", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_icon_is_where_browsers_look_for_it(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/x-icon")
    assert answer.getvalue()[:4] == b"\x00\x00\x01\x00"
    assert answer["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/llms.txt", "/favicon.ico", "/security.txt"]
)
def test_they_are_only_read(path: str) -> None:
    assert Client(enforce_csrf_checks=True).post(path).status_code == 405


def test_security_txt_says_where_to_report(client: Client, settings: Any) -> None:
    settings.SITE_CONTACT = "security@example.org"
    answer = client.get("/.well-known/security.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content.startswith(b"Contact: mailto:security@example.org\nExpires: ")
    assert answer["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("contact", ["", "the desk", "http://example.org/"])
def test_there_is_no_security_txt_without_a_contact(client: Client, settings: Any, contact: str) -> None:
    settings.SITE_CONTACT = contact
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_former_address_of_security_txt_leads_to_it(client: Client) -> None:
    answer = client.get("/security.txt")
    assert (answer.status_code, answer["Location"]) == (302, "/.well-known/security.txt")
