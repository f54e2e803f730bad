"""A page compiled flat says what it says when each of its templates is compiled by itself."""

import pytest
from django.conf import settings
from jinja2 import DictLoader, FileSystemLoader, UndefinedError
from jinja2.nodes import Block, Extends, Include

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.pair import page as pair_page
from fitpages.serving.environment import PagesEnvironment, environment
from fitpages.site import Link

TEMPLATES = {
    "base": "<{% block head %}head{% endblock %}>{% include 'menu' %}{% block content %}{% endblock %}.",
    "menu": "{% if page.note %}[{{ page.note }}]{% endif %}",
    "page": (
        "{% extends 'base' %}{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}"
        "{% block content %}{% for letter in page.text %}{% include 'letter' %}{% endfor %}{{ bold(page.text) }}"
        "{% with name = 'x' %}{% include 'name' %}{% endwith %}{% endblock %}"
    ),
    "letter": "{{ letter }}{% set letter = 'lost' %} ",
    "name": "{{ name }}",
    "careless": "{% extends 'base' %}{% block content %}{{ nothing }}{% endblock %}",
    "part": "{% include 'name' %}",
}


def environment_with(*, flat: bool) -> PagesEnvironment:
    return environment(loader=DictLoader(dict(TEMPLATES)), autoescape=True, auto_reload=not flat)


@pytest.mark.parametrize("flat", [True, False])
def test_blocks_includes_loops_and_macros_are_what_they_were(flat: bool) -> None:
    text = environment_with(flat=flat).get_template("page").render(page=Link("a<", "/", "&"))
    assert text == "<head>[&amp;]a &lt; <b>a&lt;</b>x."


def test_nothing_is_left_to_be_looked_up_when_a_page_is_rendered() -> None:
    pages = environment_with(flat=True)
    tree = pages._parse(TEMPLATES["page"], "page", None)
    assert not list(tree.find_all((Block, Extends, Include)))
    assert list(pages._parse(TEMPLATES["part"], "part", None).find_all(Include)), "parts are left as they are"


def test_what_a_page_does_not_have_is_an_error_still() -> None:
    with pytest.raises(UndefinedError):
        environment_with(flat=True).get_template("careless").render(page=Link("a", "/"))


def test_a_name_set_in_an_included_template_stays_in_it() -> None:
    assert "lost" not in environment_with(flat=True).get_template("page").render(page=Link("ab", "/", ""))


def test_pages_of_pairs_are_the_same_flat_and_not(small: Snapshot) -> None:
    flat, plain = (
        environment(loader=FileSystemLoader(settings.BASE_DIR / "templates"), autoescape=True, auto_reload=reload)
        for reload in (False, True)
    )
    for page in (
        pair_page.build(small, Pair(model, gpu)) for model in small.models.values() for gpu in small.gpus.values()
    ):
        assert _rendered(flat, page) == _rendered(plain, page), page.heading


def _rendered(pages: PagesEnvironment, page: pair_page.PairPage) -> str:
    return pages.get_template("fitpages/pair/page.html").render(page=page)
