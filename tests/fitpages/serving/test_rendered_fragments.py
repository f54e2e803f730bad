"""Parts of pages are rendered once for equal parts, and no more of them are kept than there may be."""

from collections.abc import Hashable

from markupsafe import Markup

from fitpages.serving.rendered_pages import RenderedFragments
from fitpages.site import Link


def counting(most: int = 10) -> tuple[RenderedFragments, list[Hashable]]:
    rendered: list[Hashable] = []

    def render(part: Hashable, template_name: str) -> Markup:
        rendered.append(part)
        return Markup(f"{template_name} {part}")

    return RenderedFragments(render, most=most), rendered


def test_equal_parts_are_rendered_once_for_each_template() -> None:
    fragments, rendered = counting()
    assert fragments.get(Link("a", "/"), "bold") is fragments.get(Link("a", "/"), "bold")
    assert fragments.get(Link("a", "/"), "plain").startswith("plain")
    assert rendered == [Link("a", "/"), Link("a", "/")]


def test_an_empty_fragment_is_kept_too() -> None:
    rendered = []
    fragments = RenderedFragments(lambda part, _: Markup(rendered.append(part) or ""), most=10)
    assert fragments.get(1, "none") == fragments.get(1, "none") == ""
    assert rendered == [1]


def test_of_too_many_those_rendered_first_go() -> None:
    fragments, rendered = counting(most=2)
    for part in (1, 2, 3, 2, 1):
        fragments.get(part, "x")
    assert rendered == [1, 2, 3, 1]
    assert list(fragments.fragments) == [(3, "x"), (1, "x")]


def test_after_a_reset_everything_is_rendered_again() -> None:
    fragments, rendered = counting()
    fragments.get(1, "x")
    fragments.reset()
    assert not fragments.fragments
    fragments.get(1, "x")
    assert rendered == [1, 1]
