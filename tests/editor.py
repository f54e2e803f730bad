"""An editor at work in the admin of a running server, over HTTP."""

import http.cookiejar
import re
import urllib.parse
import urllib.request
from html.parser import HTMLParser

from tests.processes import manage

WHY = "The source has it so."
NAME, PASSWORD = "editor", "a-long-password-for-tests"


def make_account(environ: dict[str, str]) -> None:
    """An account that may edit everything."""
    secret = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD, "DJANGO_SUPERUSER_EMAIL": "editor@example.org"}
    manage({**environ, **secret}, "createsuperuser", "--no-input", "--username", NAME)


class Editor:
    """Signed in at `origin`."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        form = _fields(self._get("/admin/login/"))
        self._post("/admin/login/?next=/admin/", {**form, "username": NAME, "password": PASSWORD})

    def change_gpu(self, slug: str, **figures: str) -> None:
        """Find a GPU by its slug, change some figures in its form, and save, with a reason where one is asked for."""
        listing = self._get(f"/admin/catalog/gpu/?slug={slug}")
        address = re.search(r'href="(/admin/catalog/gpu/\d+/change/)[^"]*"', listing)
        assert address, f"The admin lists no GPU {slug}."
        form = _fields(self._get(address[1]))
        answer = self._post(address[1], {**form, **figures})
        questions = re.findall(r'name="(reason-\w+)"', answer)
        if questions:
            answer = self._post(address[1], {**_fields(answer), **dict.fromkeys(questions, WHY)})
        assert "was changed successfully" in answer, answer

    def _get(self, path: str) -> str:
        with self.opener.open(self.origin + path, timeout=10) as answer:
            return str(answer.read().decode())

    def _post(self, path: str, values: dict[str, str]) -> str:
        body = urllib.parse.urlencode(values).encode()
        request = urllib.request.Request(self.origin + path, data=body, headers={"Referer": self.origin + path})
        with self.opener.open(request, timeout=10) as answer:
            return str(answer.read().decode())


class _FormFields(HTMLParser):
    """The values that a browser would send for the fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") not in ("submit", "button", "file"):
            if given.get("type") != "checkbox" or "checked" in given:
                self.values[name] = given.get("value", "on" if given.get("type") == "checkbox" else "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.values[self.select] = given.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] += data


def _fields(html: str) -> dict[str, str]:
    parser = _FormFields()
    parser.feed(html)
    return parser.values
