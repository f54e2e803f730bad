"""What a page says of its model, whichever GPU stands beside it."""

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fitpages.matching.fits import needs_of
from fitpages.pages.pair.about_model import HARDLY_SMALLER, about_model
from fitpages.text import figures
from tests.fitpages.levels import with_native
from tests.published import published_file
from tests.small_catalog import snapshot_of


@pytest.mark.parametrize(
    ("slug", "size", "opening"),
    [
        ("small-8b", "8.0B", "Small 8B has 8.0B parameters"),
        (
            "mixture-30b",
            "30.5B, 3.4B active",
            "Mixture 30B has 30.5B parameters, of which a token uses 3.4B (a mixture of experts)",
        ),
        (
            "closed-100b",
            "100B",
            "Closed 100B has 100B parameters, as a mixture of experts whose active part is not published",
        ),
    ],
)
def test_its_size_is_said_with_its_active_part(small: Snapshot, slug: str, size: str, opening: str) -> None:
    of = about_model(small, small.models[slug])
    assert (of.size, of.opening) == (size, opening)
    assert of.address == f"/models/{slug}/"


def test_quantization_is_a_lever_and_its_reduction_is_that_of_the_rule(small: Snapshot) -> None:
    first, second = about_model(small, small.models["small-8b"]).lever
    assert first == (
        "At FP16 Small 8B needs 19 GB; at Q4_K_M 5.4 GB, a 72% reduction. No other setting changes as much."
    )
    assert "Go lower, to Q3_K_M, only when nothing else fits" in second


def test_it_is_no_lever_where_the_weights_keep_their_size(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    model = snapshot_of().models["small-8b"]
    needed = {need.quant.slug: need.accounting for need in needs_of(small, small.models["small-8b"])}
    share = needed["q4-k-m"].weights_bytes / needed["q6-k"].weights_bytes  # type: ignore[union-attr]  # known tensors
    assert share < HARDLY_SMALLER
    monkeypatch.setattr("fitpages.pages.pair.about_model.HARDLY_SMALLER", share * 0.999)
    snapshot = snapshot_of(models=[model])
    first, second = about_model(snapshot, model).lever
    assert first.startswith(
        "Not for Small 8B: from Q6_K down, most of its weights keep the size that they were made in."
    )
    assert second.startswith("So there is little to gain from going lower.")


def test_what_it_needs_is_answered_at_the_top_the_default_and_the_smallest(small: Snapshot) -> None:
    question, answer = about_model(small, small.models["small-8b"]).question
    assert question == "How much VRAM does Small 8B need?"
    assert answer.startswith("19.3 GB at FP16, 5.4 GB at Q4_K_M and 4.1 GB at Q3_K_M, by the rule of thumb")
    assert answer.endswith(" at Q4_K_M with 8K tokens of context.")


def test_without_an_accounting_it_is_not_counted_exactly(small: Snapshot) -> None:
    assert "Exactly counted" not in about_model(small, small.models["closed-100b"]).question[1]


def test_the_overhead_is_the_rule_s_own(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_of_thumb, "OVERHEAD", Decimal("1.37"))
    snapshot = snapshot_of()
    answer = about_model(snapshot, snapshot.models["small-8b"]).question[1]
    assert "plus 37% for KV cache and runtime" in answer
    assert answer.startswith(figures.memory(Decimal("1.37") * 2 * 8_030_261_248))


def test_one_quantization_alone_is_top_default_and_smallest(small: Snapshot) -> None:
    snapshot = snapshot_of(quants=[small.default_quant])
    of = about_model(snapshot, snapshot.models["small-8b"])
    assert of.question[1].startswith("5.4 GB at Q4_K_M, by the rule of thumb")
    assert "a 0% reduction" in of.lever[0]


def test_of_a_model_made_in_four_bits_files_at_other_levels_are_spoken_of_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    snapshot = with_native(monkeypatch)
    first, second = about_model(snapshot, snapshot.models["native-30b"]).lever
    assert first.endswith("would hold the same experts and be hardly better or smaller, so none are made.")
    assert second.endswith("beside a card with memory of its own, experts in RAM.")
    file = published_file(label="Q4_K_M", level="q4-k-m")
    made = replace(snapshot, files_of=MappingProxyType({"native-30b": (file,)}))
    first, _ = about_model(made, made.models["native-30b"]).lever
    assert "what files there are at other levels hold the same experts" in first
