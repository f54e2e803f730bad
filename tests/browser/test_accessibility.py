"""No barrier that axe-core knows of WCAG 2.2 AA, at both widths and in both colour schemes."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Fetch, Visit, visiting
from tests.browser.pages import EXAMPLES, LONG_FIGURES, Example, name

NARROW, WIDE = 320, 1280
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SEEN_AS = "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light']"
RUN_AXE = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


@pytest.fixture(scope="module")
def checked(request: pytest.FixtureRequest, chromium: Browser, origin: str, axe: str) -> Iterator[Page]:
    """The page of an example with axe-core in it: opened once, then looked at in each width and colour scheme."""
    with visiting(chromium, origin) as open_page:
        page = open_page(request.param.address)
        page.evaluate(axe)
        yield page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("checked", EXAMPLES, ids=name, indirect=True, scope="module")
def test_a_page_has_no_barrier(checked: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    checked.set_viewport_size({"width": width, "height": 900})
    checked.emulate_media(color_scheme=scheme)
    assert checked.evaluate(SEEN_AS) == [width, scheme]
    violations = checked.evaluate(RUN_AXE, TAGS)["violations"]
    assert not violations, "\n".join(_described(violation) for violation in violations)


@pytest.mark.parametrize("example", [*EXAMPLES, *LONG_FIGURES], ids=name)
def test_a_page_does_not_scroll_sideways_on_a_narrow_screen(visit: Visit, example: Example) -> None:
    page = visit(example.address, width=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_a_page_answers_as_its_kind_does(fetch: Fetch, example: Example) -> None:
    status, html = fetch(example.address)
    assert status == example.status
    assert "</html>" in html


def _described(violation: dict[str, Any]) -> str:
    """The rule, and each element that breaks it with what is wrong."""
    nodes = [f"  {' '.join(map(str, node['target']))}\n    {node['failureSummary']}" for node in violation["nodes"]]
    return f"{violation['id']}: {violation['help']}\n" + "\n".join(nodes)
