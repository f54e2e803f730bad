"""Each trick of the template environment can be left out, and pages are the same bytes."""

import pytest
from django.conf import settings
from jinja2 import DictLoader, FileSystemLoader

from catalog.snapshot import Snapshot
from fitpages.pages.browse import gpus as gpus_page
from fitpages.pages.calculator import page as calculator_page
from fitpages.pages.card import page as card_page
from fitpages.pages.common.page import Page
from fitpages.serving.environment import WHERE_RELOADED, PagesEnvironment, Trick, environment
from tests.fitpages.prose import sample_pages

ALL = frozenset(Trick)
WITHOUT = {"all of them": frozenset[Trick](), **{trick.value: ALL - {trick} for trick in Trick}}


def pages_environment(tricks: frozenset[Trick]) -> PagesEnvironment:
    loader = FileSystemLoader(settings.BASE_DIR / "templates")
    return environment(loader=loader, autoescape=True, auto_reload=False, tricks=tricks)


@pytest.fixture
def pages(snapshot: Snapshot) -> list[Page]:
    gpu = next(iter(snapshot.gpus.values()))
    question = {"model": next(iter(snapshot.models)), "gpu": gpu.slug, "context": "<b>"}
    return [
        *sample_pages(snapshot)[:20],
        gpus_page.build(snapshot, {}),
        card_page.build(snapshot, gpu, {}),
        calculator_page.build(snapshot, question),
    ]


def rendered(pages: list[Page], tricks: frozenset[Trick]) -> list[str]:
    templates = pages_environment(tricks)
    return [templates.get_template(page.template).render(page=page) for page in pages]


@pytest.mark.parametrize("left_out", WITHOUT)
def test_pages_are_the_same_without(pages: list[Page], left_out: str) -> None:
    for page, plain, fast in zip(pages, rendered(pages, WITHOUT[left_out]), rendered(pages, ALL), strict=True):
        assert plain == fast, page.heading


def test_the_settings_name_them_all() -> None:
    assert {Trick(name) for name in settings.PAGES_TRICKS} == ALL


def test_a_trick_that_there_is_not_is_an_error() -> None:
    with pytest.raises(ValueError, match="magic"):
        environment(loader=DictLoader({}), tricks=["magic"])


def test_templates_that_are_reloaded_are_compiled_each_by_itself_and_rendered_each_time() -> None:
    assert environment(loader=DictLoader({}), auto_reload=True).tricks == WHERE_RELOADED == {"escaped", "attributes"}


@pytest.mark.parametrize(
    ("trick", "code"), [(Trick.ESCAPED, "environment.escaped("), (Trick.ATTRIBUTES, ".title"), (Trick.FLAT, "whole")]
)
def test_a_trick_is_in_the_code_of_a_page_where_it_is_in_use(trick: Trick, code: str) -> None:
    loader = DictLoader({"base": "{{ page.title }}{% block content %}{% endblock %}", "page": "{% extends 'base' %}"})
    for tricks, is_there in ((ALL, True), (ALL - {trick}, False)):
        templates = environment(loader=loader, autoescape=True, auto_reload=False, tricks=tricks)
        name = "page" if trick is Trick.FLAT else "base"
        source, _, _ = loader.get_source(templates, name)
        assert (code in templates.compile(source, name, raw=True)) is is_there
