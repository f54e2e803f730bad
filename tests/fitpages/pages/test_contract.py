"""A page is a contract: what its class has, its templates show, and what they name, it has."""

import ast
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.conf import settings

import fitpages.pages
from fitpages.pages.common.page import Page
from tests.fitpages.contract import Reading, field_names, parts

for module in walk_packages(fitpages.pages.__path__, "fitpages.pages."):
    import_module(module.name)


def page_classes(parent: type[Page] = Page) -> list[type[Page]]:
    """Those that name a template."""
    children = [page_class for child in parent.__subclasses__() for page_class in page_classes(child)]
    return [*children, parent] if "template" in vars(parent) else children


def attributes_read() -> set[str]:
    """The name of every attribute that the code of pages reads."""
    trees = [ast.parse(path.read_text()) for path in (settings.BASE_DIR / "fitpages").rglob("*.py")]
    reads = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return {node.attr for node in reads if isinstance(node.ctx, ast.Load)}


CLASSES, READ = page_classes(), attributes_read()


@pytest.fixture(scope="module")
def reading() -> Reading:
    """Of all pages: a part of one may be shown on another alone."""
    reading = Reading()
    for page_class in CLASSES:
        reading.page(page_class)
    return reading


def test_every_kind_of_page_is_read() -> None:
    assert len(CLASSES) == 19, [page_class.__name__ for page_class in CLASSES]


def test_what_templates_name_is_there(reading: Reading) -> None:
    assert reading.unknown == []


@pytest.mark.parametrize("page_class", CLASSES)
def test_every_field_of_a_page_is_shown(reading: Reading, page_class: type[Page]) -> None:
    assert [name for name in field_names(page_class) if (page_class, name) not in reading.shown] == []


@pytest.mark.parametrize("page_class", CLASSES)
def test_every_field_of_a_part_is_shown_or_read(reading: Reading, page_class: type[Page]) -> None:
    """What another part is made from, such as the row that an answer is taken from, need not be shown itself."""
    fields = {(part, name) for part in parts(page_class) if part is not page_class for name in field_names(part)}
    hidden = [f"{part.__name__}.{name}" for part, name in fields - reading.shown if name not in READ]
    assert hidden == []
