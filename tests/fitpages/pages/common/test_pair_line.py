"""A line of a list is the answer to its pair, in bare figures."""

import pytest

from catalog.snapshot import Snapshot
from fit.verdict import Kind
from fitpages.matching.answers import answer
from fitpages.pages.common.pair_line import PairLine, pair_line
from fitpages.text import figures
from tests.published import dense, published_benchmark, published_gpu, published_model
from tests.small_catalog import snapshot_of


def line(snapshot: Snapshot, model: str, gpu: str) -> PairLine:
    return pair_line(snapshot, snapshot.models[model], snapshot.gpus[gpu])


def words(of: PairLine) -> tuple[str, ...]:
    return of.kind, of.level, of.context, of.takes, of.in_ram


@pytest.mark.parametrize(
    ("model", "gpu", "shown"),
    [
        ("small-8b", "rtx-24", ("on the card", "Q6_K", "32K", "9.9", "—")),
        ("small-8b", "mac-64", ("in memory", "Q6_K", "32K", "9.9", "—")),
        ("mixture-30b", "rtx-8", ("with RAM", "Q4_K_M", "8K", "17.9", "12.0")),
        ("large-70b", "rtx-24", ("not in practice", "Q4_K_M", "8K", "41.7", "20.9")),
    ],
)
def test_a_line_has_the_kind_the_level_and_their_figures(
    small: Snapshot, model: str, gpu: str, shown: tuple[str, ...]
) -> None:
    of_pair = line(small, model, gpu)
    assert words(of_pair) == shown
    assert of_pair.tokens_s == figures.expected(of_pair.speed)


def test_a_line_leads_to_its_page_and_is_sorted_by_its_speed(small: Snapshot) -> None:
    for model in small.models.values():
        for gpu in small.gpus.values():
            of_pair, said = pair_line(small, model, gpu), answer(small, model, gpu)
            assert of_pair.answer == said
            assert of_pair.address == f"/run/{model.slug}-on-{gpu.slug}/"
            assert of_pair.speed == (said.tokens_s or 0)


def test_a_no_says_what_it_takes_and_nothing_else() -> None:
    huge = published_model("Huge 2T", 2_000_000_000_000, dense(layers=400, width=20480, heads=128, feed_forward=69632))
    snapshot = snapshot_of(models=[huge])
    of_pair = line(snapshot, "huge-2t", "mac-64")
    kind, level, context, takes, in_ram = words(of_pair)
    assert (kind, level, context, in_ram, of_pair.tokens_s) == ("no", "—", "—", "—", "—")
    assert takes.replace(",", "").isdigit()


def test_without_tensors_the_rule_stands_in_and_is_named(small: Snapshot) -> None:
    closed = line(small, "closed-100b", "h80")
    assert (*words(closed), closed.tokens_s) == ("on the card", "Q4_K_M", "—", "—", "—", "—")
    assert closed.level_note == "by the rule of thumb"
    assert closed.speed == 0
    assert line(small, "closed-100b", "rtx-8").level_note == ""
    assert line(small, "small-8b", "h80").level_note == ""


def test_a_quantized_cache_is_named_beside_the_context(small: Snapshot) -> None:
    shared = {"memory_gb": 8, "bandwidth_gb_s": 100, "unified_memory": True}
    cards = [published_gpu(f"Mini {size}", reported_mib=size, **shared) for size in range(4200, 8000, 50)]
    snapshot = snapshot_of(gpus=cards)
    lines = [line(snapshot, "small-8b", card.slug) for card in cards]
    notes = {of.context_note for of in lines if of.answer.verdict.kind is Kind.SHORT}
    assert notes == {"", "q8_0 cache"}
    assert line(small, "small-8b", "rtx-24").context_note == ""


def test_a_measured_speed_is_named_so() -> None:
    row = published_benchmark("a", "small-8b", "rtx-24", "70.4", depth_tokens=32768, quant="q6-k")
    measured = line(snapshot_of(benchmarks=[row]), "small-8b", "rtx-24")
    assert (measured.tokens_s, measured.speed_note, measured.speed) == ("70", "measured", 70.4)
    assert line(snapshot_of(benchmarks=[]), "small-8b", "rtx-24").speed_note == ""


def test_a_line_has_the_size_of_both(small: Snapshot) -> None:
    of_pair = line(small, "small-8b", "rtx-24")
    assert (of_pair.parameters, of_pair.memory) == ("8.0B", "24")
