"""The forms and links of a page, as far as a fuzzer wants to know them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

ANY_LENGTH = 10_000


@dataclass
class Form:
    """`values` are what a browser would send, `choices` those of a list, `texts` how long each field of text may be."""

    action: str = ""
    method: str = "get"
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        if self.forms:
            self._take_field(tag, given)

    def _take_field(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if name and (tag == "textarea" or given.get("class") == "vTextField"):
            form.texts[name] = int(given.get("maxlength") or ANY_LENGTH)
        if tag == "input" and name and given.get("type") not in ("submit", "button", "file", "image"):
            is_box = given.get("type") in ("checkbox", "radio")
            form.choices.setdefault(name, []).append(given.get("value", "on" if is_box else ""))
            if not is_box or "checked" in given:
                form.values[name] = form.choices[name][-1]
        elif tag in ("select", "textarea") and name:
            self.select, self.area = (name, "") if tag == "select" else ("", name)
            form.values[name] = ""
            form.choices[name] = []
        elif tag == "option" and self.select:
            form.choices[self.select].append(given.get("value", ""))
            if "selected" in given:
                form.values[self.select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self.select = self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1].values[self.area] += data


def read(html: str) -> tuple[list[Form], list[str]]:
    """The forms and the links of a page."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.forms, page.links


def parameters(html: str, path: str) -> dict[str, list[str]]:
    """The query parameters that a page's forms and links give to its own address, with values."""
    forms, links = read(html)
    seen: dict[str, list[str]] = {}
    for form in forms:
        if form.action == path and form.method == "get":
            for name, values in form.choices.items():
                seen.setdefault(name, []).extend(values)
    for link in links:
        parts = urlsplit(link)
        if parts.path in ("", path):
            for name, value in parse_qsl(parts.query):
                seen.setdefault(name, []).append(value)
    return seen
