"""A page says when its data last changed, and leads to what changed."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.changed import EVERYTHING, Subject
from fitpages.matching.pairs import Pair
from fitpages.pages.common.data_changed import data_changed
from fitpages.pages.guides import quantization
from fitpages.pages.hubs import gpu as gpu_hub
from fitpages.pages.model import page as model_page
from fitpages.pages.pair import page as pair_page
from fitpages.serving.responses import render
from fitpages.site import Link
from tests.fitpages.changes import snapshot_with
from tests.html_page import HtmlPage


@pytest.mark.parametrize(
    ("subject", "of"),
    [
        (Subject("small-8b", "rtx-24"), "small-8b-on-rtx-24"),
        (Subject(model="small-8b"), "small-8b"),
        (Subject(gpu="rtx-24"), "rtx-24"),
        (EVERYTHING, "quantizations"),
    ],
)
def test_it_leads_to_the_changes_of_the_same_data(small: Snapshot, subject: Subject, of: str) -> None:
    assert data_changed(small, subject) == Link("Data last changed 1 March 2026", f"/changes/?of={of}")


def test_pairs_hubs_and_the_guide_of_quantizations_say_it() -> None:
    snapshot = snapshot_with()
    model, gpu = snapshot.models["small-8b"], snapshot.gpus["rtx-24"]
    pages = {
        "small-8b-on-rtx-24": pair_page.build(snapshot, Pair(model, gpu)),
        "small-8b": model_page.build(snapshot, model, {}),
        "rtx-24": gpu_hub.build(snapshot, gpu, {}),
        "quantizations": quantization.build(snapshot),
    }
    for of, page in pages.items():
        html = HtmlPage(render(page).decode())
        assert "Data last changed 1 March 2026" in html.text
        assert f"/changes/?of={of}" in html.links
