"""Pages of the preview are those of the site, of which nothing is kept."""

import pytest
from django.template import engines

from catalog.snapshot import Snapshot
from fitpages.desk.preview.rendering import render_page
from fitpages.pages import about
from fitpages.pages.browse import gpus
from fitpages.pages.common.page import Page
from fitpages.serving.environment import RenderedFragments
from fitpages.serving.responses import render


@pytest.mark.parametrize("make", [about.build, lambda snapshot: gpus.build(snapshot, {})], ids=["about", "gpus"])
def test_a_page_is_the_same_to_the_byte(small: Snapshot, make: object) -> None:
    page: Page = make(small)  # type: ignore[operator]
    assert render_page(page).encode() == render(page)


def test_no_part_is_kept(small: Snapshot) -> None:
    kept: RenderedFragments = engines["pages"].env.fragments
    kept.reset()
    render_page(gpus.build(small, {}))
    assert kept.fragments == {}
    render(gpus.build(small, {}))
    assert kept.fragments != {}
