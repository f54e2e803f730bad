"""The worked example adds up, line by line, and says what the pages of its pairs say."""

from dataclasses import replace
from decimal import Decimal

from catalog.snapshot import PublishedGpu, Snapshot
from fit import rule_of_thumb
from fitpages.matching.answers import answer
from fitpages.pages.common.answer_words import short_line
from fitpages.pages.methodology.worked_example import Calculation, worked_example
from fitpages.site import Link
from tests.published import published_gpu
from tests.small_catalog import five_gpus, four_models, snapshot_of


def lines(snapshot: Snapshot) -> dict[str, tuple[str, str]]:
    example = worked_example(snapshot)
    assert example is not None
    return {line.step: (line.calculation, line.result) for line in example.lines}


def with_one_card(usable_bytes: Decimal) -> Snapshot:
    """The small catalog with the first of its cards alone, which offers exactly so many bytes."""
    card = five_gpus()[0]
    spec = replace(card.spec, nameplate_gb=usable_bytes / 10**9, usable_share=Decimal(1))
    return snapshot_of(gpus=[replace(card, spec=spec)])


def test_it_goes_from_need_and_usable_memory_to_the_verdict(small: Snapshot) -> None:
    assert lines(small) == {
        "Need at Q4_K_M": ("70,553,706,496 × 0.56 × 1.2 bytes", "47.4 GB"),
        "Usable on an RTX 24": ("0.95 × 24 GB", "22.8 GB"),
        "Q4_K_M on an RTX 24": ("47.4 GB > 22.8 GB", "does not fit"),
        "Need at Q3_K_M": ("70,553,706,496 × 0.43 × 1.2 bytes", "36.4 GB"),
        "Q3_K_M on an RTX 24": ("36.4 GB > 22.8 GB", "does not fit"),
        "Usable on an H80": ("0.95 × 80 GB", "76.0 GB"),
        "Q4_K_M on an H80": ("47.4 GB ≤ 76.0 GB", "fits"),
        "Ceiling on an H80": ("0.85 × 2,039 GB/s ÷ (70,553,706,496 × 0.56 bytes)", "~44 tokens/sec"),
    }


def test_it_leads_to_the_pages_of_its_pairs(small: Snapshot) -> None:
    example = worked_example(small)
    assert example is not None
    assert (example.model, example.a_gpu) == ("Large 70B", "an RTX 24")
    notes = [short_line(answer(small, small.models["large-70b"], small.gpus[gpu])) for gpu in ("rtx-24", "h80")]
    assert example.pairs == (
        Link("Large 70B on RTX 24", "/run/large-70b-on-rtx-24/", notes[0]),
        Link("Large 70B on H80", "/run/large-70b-on-h80/", notes[1]),
    )


def test_a_card_that_holds_the_model_needs_no_other(small: Snapshot) -> None:
    roomy: PublishedGpu = published_gpu("RTX 24", memory_gb=96, bandwidth_gb_s=1008)
    example = worked_example(snapshot_of(gpus=[roomy]))
    assert example is not None
    assert [link.text for link in example.pairs] == ["Large 70B on RTX 24"]
    assert "does not fit" not in {line.result for line in example.lines}


def test_a_verdict_at_the_boundary_shows_which_is_larger(small: Snapshot) -> None:
    need = rule_of_thumb.need_bytes(small.models["large-70b"].spec, small.default_quant.spec)
    assert lines(with_one_card(need - 1000))["Q4_K_M on an RTX 24"] == (
        "47.412091 GB > 47.412090 GB",
        "does not fit",
    )
    assert lines(with_one_card(need))["Q4_K_M on an RTX 24"][1] == "fits"


def test_where_the_default_is_the_smallest_it_is_worked_out_once(small: Snapshot) -> None:
    steps = list(lines(snapshot_of(quants=[small.default_quant])))
    assert [step for step in steps if step.startswith("Need")] == ["Need at Q4_K_M"]


def test_without_a_dense_model_or_a_card_there_is_no_example() -> None:
    mixtures = [model for model in four_models() if model.spec.mixture_of_experts]
    assert worked_example(snapshot_of(models=mixtures)) is None
    machines = [gpu for gpu in five_gpus() if gpu.spec.unified_memory]
    assert worked_example(snapshot_of(gpus=machines)) is None


def test_a_line_is_a_step_a_calculation_and_a_result(small: Snapshot) -> None:
    example = worked_example(small)
    assert example is not None
    assert all(isinstance(line, Calculation) and line.result for line in example.lines)
