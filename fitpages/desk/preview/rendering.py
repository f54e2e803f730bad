"""Pages of the preview as HTML, of which no part is kept: what is a draft stands in nothing that visitors are given."""

from functools import cache
from typing import Any, cast

from django.template import engines
from django.template.backends.jinja2 import Jinja2

from fitpages.pages.common.page import Page
from fitpages.serving.environment import PagesEnvironment, Trick, environment


def render(template_name: str, **names: Any) -> str:
    """A template of the public pages with these names."""
    return _environment().get_template(template_name).render(names)


def render_page(page: Page) -> str:
    return render(page.template, page=page)


@cache
def _environment() -> PagesEnvironment:
    """As that of the public pages (settings), without the parts that it keeps."""
    pages = cast(Jinja2, engines["pages"]).env
    assert isinstance(pages, PagesEnvironment)
    tricks = pages.tricks - {Trick.FRAGMENTS}
    return environment(tricks=tricks, loader=pages.loader, autoescape=True, auto_reload=pages.auto_reload)
