"""A model's hub shows every GPU once and says what each quantization needs."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.hubs import model as model_hub
from fitpages.pages.pair import page as pair_page
from fitpages.site import Link
from tests.fitpages.levels import with_native
from tests.small_catalog import five_gpus, snapshot_of


def test_every_gpu_is_there_once_with_the_figures_of_the_page_of_the_pair(small: Snapshot) -> None:
    for model in small.models.values():
        hub = model_hub.build(small, model, {})
        lines = {line.address: line for group in hub.groups for line in group.lines}
        assert sum(len(group.lines) for group in hub.groups) == len(lines) == len(small.gpus)
        for gpu in small.gpus.values():
            rows = pair_page.build(small, Pair(model, gpu)).rows
            row = next((row for row in rows if row.marked), None)
            line = lines[f"/run/{model.slug}-on-{gpu.slug}/"]
            shown = (row.name, row.counted, row.ceiling) if row else ("does not fit", rows[-1].counted, "—")
            assert (line.best, line.takes, line.ceiling) == shown


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["RTX 8", "RX 16 Laptop", "RTX 24", "Mac 64", "H80"]),
        ("memory", ["RTX 8", "RX 16 Laptop", "RTX 24", "Mac 64", "H80"]),
        ("name", ["H80", "Mac 64", "RTX 24", "RTX 8", "RX 16 Laptop"]),
        ("nothing", ["RTX 8", "RX 16 Laptop", "RTX 24", "Mac 64", "H80"]),
    ],
)
def test_gpus_come_in_the_order_asked_for(small: Snapshot, sort: str, order: list[str]) -> None:
    hub = model_hub.build(small, small.models["small-8b"], {"sort": sort})
    assert [line.name for group in hub.groups for line in group.lines] == order


def test_each_quantization_has_its_need_and_the_smallest_common_card(small: Snapshot) -> None:
    needs = {need.name: need for need in model_hub.build(small, small.models["large-70b"], {}).needs}
    assert {name: need.need for name, need in needs.items()} == {
        "FP16 (full)": "169.3 GB",
        "Q8_0": "89.7 GB",
        "Q6_K": "69.4 GB",
        "Q5_K_M": "58.4 GB",
        "Q4_K_M": "47.4 GB",
        "Q3_K_M": "36.4 GB",
    }
    assert needs["Q4_K_M"].counted == "41.7 GiB"
    assert needs["FP16 (full)"].card is None
    assert needs["Q4_K_M"].card == Link("H80", "/run/large-70b-on-h80/")
    assert needs["Q3_K_M"].card == Link("Mac 64", "/run/large-70b-on-mac-64/")


def test_the_answer_names_the_card_that_holds_the_default(small: Snapshot) -> None:
    answer = model_hub.build(small, small.models["large-70b"], {}).answer
    assert answer.startswith("At Q4_K_M, the popular default, Large 70B needs 47 GB by the rule of thumb. ")
    assert "common card that holds it is an H80. " in answer
    assert answer.endswith("Of 5 GPUs here, 2 hold it at Q3_K_M or above.")


def test_the_answer_says_where_no_common_card_holds_it() -> None:
    snapshot = snapshot_of(gpus=[gpu for gpu in five_gpus() if gpu.slug != "h80"])
    assert "No single common card holds it. " in model_hub.build(snapshot, snapshot.models["large-70b"], {}).answer


def test_the_description_counts_the_gpus_that_hold_it(small: Snapshot) -> None:
    description = model_hub.build(small, small.models["small-8b"], {}).description
    assert description.startswith("Small 8B (8.0B) needs 5.4 GB at Q4_K_M. 5 of 5 GPUs hold it at Q3_K_M or above")


def test_only_the_plain_hub_is_indexed(small: Snapshot) -> None:
    assert model_hub.build(small, small.models["small-8b"], {}).indexable
    assert not model_hub.build(small, small.models["small-8b"], {"sort": "name"}).indexable


def test_of_a_model_made_in_four_bits_the_answer_is_of_that_level(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_native(monkeypatch)
    hub = model_hub.build(snapshot, snapshot.models["native-30b"], {})
    assert hub.answer.startswith("At MXFP4, the level that it was made in, Native 30B takes ")
    assert hub.answer.endswith(" hold it at MXFP4.")
    first, *others = hub.needs
    assert (first.need, first.counted) == ("—", "15.9 GiB")
    assert {need.counted for need in others} == {"—"}
    assert first.card == Link("RTX 24", "/run/native-30b-on-rtx-24/")
    assert {(need.card, need.no_card) for need in others} == {(None, "—")}
    assert {line.best for group in hub.groups for line in group.lines} == {"MXFP4", "does not fit"}
