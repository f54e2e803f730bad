"""Whoever moves through a page by its landmarks can tell them apart."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.browser.pages import EXAMPLES, Example, name

ROLES = {"header": "banner", "nav": "navigation", "main": "main", "aside": "complementary", "footer": "contentinfo"}
# These are landmarks only with a label; a header or a footer only of the whole page.
LABELLED = {"section": "region", "form": "form"}
OF_THE_PAGE, PARTS = {"header", "footer"}, {"main", "article", "section", "nav", "aside"}
LANDMARKS = {*ROLES.values(), *LABELLED.values(), "search"}

pytestmark = pytest.mark.django_db


class Landmarks(HTMLParser):
    """The landmarks of a page by role and label; the label is the text itself, wherever it stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._landmarks: list[tuple[str, str, str]] = []
        self._texts: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def all(self) -> list[tuple[str, str]]:
        return [(role, label or self._texts.get(label_id, "").strip()) for role, label, label_id in self._landmarks]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        label, label_id = given.get("aria-label", ""), given.get("aria-labelledby", "")
        role = given.get("role") or self._own_role(tag, bool(label or label_id))
        if role in LANDMARKS:
            self._landmarks.append((role, label, label_id))
        if tag not in {"meta", "link", "input", "wbr", "br", "img"}:
            self._open.append((tag, given.get("id", "")))

    def _own_role(self, tag: str, is_labelled: bool) -> str:
        if tag in LABELLED:
            return LABELLED[tag] if is_labelled else ""
        is_of_a_part = tag in OF_THE_PAGE and any(outer in PARTS for outer, _ in self._open)
        return "" if is_of_a_part else ROLES.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, anchor in self._open:
            if anchor:
                self._texts[anchor] = self._texts.get(anchor, "") + data


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_no_two_landmarks_of_a_page_have_one_role_and_one_label(client: Client, example: Example) -> None:
    landmarks = Landmarks(client.get(example.address).content.decode()).all()
    assert {("banner", ""), ("main", ""), ("contentinfo", ""), ("navigation", "Site")} <= set(landmarks)
    assert [landmark for landmark, times in Counter(landmarks).items() if times > 1] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_every_label_that_a_landmark_refers_to_is_there(client: Client, example: Example) -> None:
    landmarks = Landmarks(client.get(example.address).content.decode()).all()
    assert [role for role, label in landmarks if role == "region" and not label] == []


@pytest.mark.parametrize("address", ["/run/", "/models/", "/gpus/"])
def test_the_pages_of_a_list_are_labelled_by_where_they_stand(client: Client, address: str) -> None:
    landmarks = Landmarks(client.get(address).content.decode()).all()
    pagers = [label for role, label in landmarks if role == "navigation" and label.startswith("Pages")]
    assert pagers == ["Pages, above the list", "Pages, below the list"]
