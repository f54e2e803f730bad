"""What a page says of its model, whichever GPU stands beside it."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.fits import needs_of
from fitpages.pages.pair.about_model import HARDLY_SMALLER, about_model
from tests.fitpages.levels import with_native
from tests.published import narrow_heads, published_file, published_model
from tests.small_catalog import snapshot_of


@pytest.mark.parametrize(
    ("slug", "size"),
    [
        ("small-8b", "8.0B parameters, 128K context"),
        ("mixture-30b", "30.5B parameters, 3.4B active, 32K context"),
        ("closed-100b", "100B parameters, active part not published"),
    ],
)
def test_its_size_is_said_with_its_active_part_and_its_context(small: Snapshot, slug: str, size: str) -> None:
    of = about_model(small, small.models[slug])
    assert (of.name, of.size_and_context) == (small.models[slug].name, size)
    assert not of.is_native


def test_quantization_is_a_lever_and_its_reduction_is_that_of_the_rule(small: Snapshot) -> None:
    lever = about_model(small, small.models["small-8b"]).lever
    assert lever.heading == "The lever"
    assert lever.paragraphs == (
        "Quantization: by the rule of thumb 19 GB at FP16 become 5.4 GB at Q4_K_M, a 72% reduction. Below Q3_K_M a "
        "smaller model at Q4_K_M is often the better trade.",
    )


def test_it_is_no_lever_where_the_weights_keep_their_size(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    model = snapshot_of().models["small-8b"]
    needed = {need.quant.slug: need.accounting for need in needs_of(small, small.models["small-8b"])}
    share = needed["q4-k-m"].weights_bytes / needed["q6-k"].weights_bytes  # type: ignore[union-attr]  # known tensors
    assert share < HARDLY_SMALLER
    monkeypatch.setattr("fitpages.pages.pair.about_model.HARDLY_SMALLER", share * 0.999)
    snapshot = snapshot_of(models=[model])
    lever = about_model(snapshot, model).lever
    assert lever.heading == "Quantization is not the lever"
    first, second = lever.paragraphs
    assert first.startswith("From Q6_K down, most of its weights keep the size that they were made in. They take ")
    assert first.endswith("where the rule of thumb expects 7.9 GB and 5.4 GB.")
    assert second.startswith("So there is little to gain from going lower.")


def test_what_it_needs_is_answered_at_the_top_the_default_and_the_smallest(small: Snapshot) -> None:
    assert about_model(small, small.models["small-8b"]).question == (
        "How much memory does Small 8B need?",
        "With 8K of context 15.1 GiB at FP16, 5.4 GiB at Q4_K_M and 4.6 GiB at Q3_K_M. Each further 8K takes 1.0 GiB, "
        "about half of that with a q8_0 cache.",
    )


def test_a_model_of_a_short_context_has_no_further_8k() -> None:
    old = published_model("Old 2B", 2_779_683_840, narrow_heads(), native_context=2048)
    answer = about_model(snapshot_of(models=[old]), old).question[1]
    assert answer.startswith("With 2K of context ")
    assert "further" not in answer


def test_a_cache_that_cannot_be_quantized_is_not_halved() -> None:
    narrow = published_model("Narrow 3B", 2_779_683_840, narrow_heads())
    assert "q8_0" not in about_model(snapshot_of(models=[narrow]), narrow).question[1]


def test_without_an_accounting_the_rule_answers(small: Snapshot) -> None:
    answer = about_model(small, small.models["closed-100b"]).question[1]
    assert answer == "67.2 GB at Q4_K_M by the rule of thumb."


def test_one_quantization_alone_is_top_default_and_smallest(small: Snapshot) -> None:
    snapshot = snapshot_of(quants=[small.default_quant])
    of = about_model(snapshot, snapshot.models["small-8b"])
    assert of.question[1].startswith("With 8K of context 5.4 GiB at Q4_K_M. Each further")


def test_of_a_model_made_in_four_bits_files_at_other_levels_are_spoken_of_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    snapshot = with_native(monkeypatch)
    of = about_model(snapshot, snapshot.models["native-30b"])
    assert of.is_native
    assert of.lever.heading == "Quantization is not the lever"
    first, second = of.lever.paragraphs
    assert first.endswith("would hold the same experts and be hardly better or smaller, so none are made.")
    assert second.endswith("beside a card with memory of its own, experts in RAM.")
    file = published_file(label="Q4_K_M", level="q4-k-m")
    made = replace(snapshot, files_of=MappingProxyType({"native-30b": (file,)}))
    first, _ = about_model(made, made.models["native-30b"]).lever.paragraphs
    assert "what files there are at other levels hold the same experts" in first
