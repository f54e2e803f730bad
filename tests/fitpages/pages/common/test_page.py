"""A page makes its own head from its address and the way to it."""

import json
from dataclasses import dataclass

from django.conf import settings

from fitpages.pages.common.page import HOME, Page
from fitpages.site import Link


@dataclass(frozen=True, kw_only=True)
class Asking(Page):
    """A page with a question on it."""

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        return (("Can it?", "Yes."),)


def page(kind: type[Page] = Page, **facts: object) -> Page:
    plain = {"title": "Title", "description": "Words.", "heading": "Heading", "address": "/here/", "crumb": "Here"}
    return kind(**{**plain, **facts})


def nodes(of: Page) -> list[dict[str, object]]:
    return list(json.loads(of.structured_data)["@graph"])


def test_the_canonical_address_is_the_page_s_own_on_the_site() -> None:
    assert page().canonical == f"{settings.SITE_URL}/here/"


def test_another_page_that_says_the_same_is_the_canonical_one() -> None:
    assert page(canonical_address="/there/").canonical == f"{settings.SITE_URL}/there/"


def test_a_page_without_an_address_has_no_canonical_one_and_says_nothing_to_crawlers() -> None:
    nowhere = page(address="")
    assert (nowhere.canonical, nowhere.structured_data) == ("", "")


def test_the_way_ends_at_the_page_itself() -> None:
    models = Link("Models", "/models/")
    assert page().breadcrumbs == (HOME, Link("Here", ""))
    assert page(way=(models,)).breadcrumbs == (models, Link("Here", ""))
    assert page(way=()).breadcrumbs == ()


def test_structured_data_has_the_way_with_the_page_s_own_address_at_its_end() -> None:
    (trail,) = nodes(page())
    steps = [(step["name"], step["item"]) for step in trail["itemListElement"]]  # type: ignore[attr-defined]
    assert steps == [("Home", f"{settings.SITE_URL}/"), ("Here", f"{settings.SITE_URL}/here/")]


def test_the_first_page_is_its_own_way_in_structured_data() -> None:
    (trail,) = nodes(page(way=(), address="/"))
    assert [step["name"] for step in trail["itemListElement"]] == ["Here"]  # type: ignore[attr-defined]


def test_questions_that_stand_on_the_page_are_in_its_structured_data() -> None:
    assert [node["@type"] for node in nodes(page())] == ["BreadcrumbList"]
    assert [node["@type"] for node in nodes(page(Asking))] == ["BreadcrumbList", "FAQPage"]


def test_the_site_is_on_every_page() -> None:
    assert page().site.name == settings.SITE_NAME
