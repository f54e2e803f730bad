"""How much context fits, by quantization and type of cache, and where the rule and the accounting disagree."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from catalog.snapshot import Snapshot
from fit.architecture import LookupTable
from fit.kv_cache import CacheType
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.assessed import assessed_pair
from fitpages.pages.pair.command import command
from fitpages.pages.pair.context import MOST_COLUMNS, ExactSection, exact_section, grid_contexts
from fitpages.pages.pair.fixes import fixes
from fitpages.text import figures
from tests.fitpages.levels import with_native
from tests.published import dense, narrow_heads, published_file, published_gpu, published_model
from tests.small_catalog import snapshot_of


def section(small: Snapshot, model: str, gpu: str) -> ExactSection:
    return exact_section(small, assessed_pair(small, Pair(small.models[model], small.gpus[gpu])))


@pytest.mark.parametrize(
    ("limit", "contexts"),
    [
        (2048, (2048,)),
        (4096, (4096,)),
        (4097, (4096, 4097)),
        (8192, (4096, 8192)),
        (131072, (4096, 8192, 16384, 32768, 65536, 131072)),
        (10485760, (4096, 8192, 16384, 32768, 65536, 131072, 262144, 10485760)),
    ],
)
def test_columns_are_powers_of_two_and_the_limit_of_the_model(limit: int, contexts: tuple[int, ...]) -> None:
    assert grid_contexts(limit) == contexts
    assert len(contexts) <= MOST_COLUMNS


def test_without_tensors_the_section_says_why_and_holds_nothing_else(small: Snapshot) -> None:
    of = section(small, "closed-100b", "h80")
    assert of.missing.startswith("The tensors of Closed 100B are not known here, so only the rule of thumb is shown")
    assert (of.disagreement, of.basis, of.grid) == ("", "", None)


def test_the_grid_has_a_row_for_each_quantization_worth_recommending_and_each_type_of_cache(small: Snapshot) -> None:
    grid = section(small, "small-8b", "rtx-24").grid
    assert grid is not None
    assert grid.heads == ("4K", "8K", "16K", "32K", "64K", "128K")
    assert [row.totals.name for row in grid.rows] == [
        f"{quant}, {cache}" for quant in ("Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M") for cache in ("f16", "q8_0")
    ]
    assert grid.caption.startswith("Total in GiB by tokens of context and type of cache; ")


def test_a_row_ends_with_the_longest_context_and_is_split_where_it_no_longer_fits(small: Snapshot) -> None:
    facts = assessed_pair(small, Pair(small.models["small-8b"], small.gpus["rtx-8"]))
    grid = section(small, "small-8b", "rtx-8").grid
    assert grid is not None
    rows = {row.totals.name: row for row in grid.rows}
    exact = facts.assessment.quants[4].exact
    assert exact
    assert rows["Q4_K_M, q8_0"].longest == figures.tokens(exact.longest_with(CacheType.Q8_0))
    totals = rows["Q4_K_M, f16"].totals
    offered = facts.assessment.offer.total_bytes
    sizes = [exact.accounting.total(context, CacheType.F16) for context in grid_contexts(131072)]
    assert len(totals.fitting) == sum(size <= offered for size in sizes) > 0
    assert [*totals.fitting, *totals.over] == [figures.bare_gibibytes(size) for size in sizes]


def test_where_nothing_fits_the_default_and_the_smallest_are_shown(small: Snapshot) -> None:
    grid = section(small, "large-70b", "rtx-8").grid
    assert grid is not None
    assert [row.totals.name for row in grid.rows] == ["Q4_K_M, f16", "Q4_K_M, q8_0", "Q3_K_M, f16", "Q3_K_M, q8_0"]
    assert {row.longest for row in grid.rows} == {"none"}


def test_contexts_that_need_rope_scaling_are_said(small: Snapshot) -> None:
    scaled, plain = (section(small, model, "h80").grid for model in ("mixture-30b", "small-8b"))
    assert scaled
    assert plain
    assert scaled.beyond == "Contexts of 64K and 128K need rope scaling."
    assert plain.beyond == ""


def test_where_the_rule_is_too_careful_it_is_said(small: Snapshot) -> None:
    assert section(small, "large-70b", "mac-64").disagreement == (
        "The rule of thumb says no at Q5_K_M and Q4_K_M, where 8K tokens of context really fit. "
        "The advice here follows the exact accounting."
    )


def test_where_the_rule_says_yes_too_early_it_is_said() -> None:
    tight = published_gpu("RTX 5", memory_gb=5, bandwidth_gb_s=256, reported_mib=4300, reported_by="cuda")
    assert section(snapshot_of(gpus=[tight]), "small-8b", "rtx-5").disagreement == (
        "The rule of thumb says yes at Q3_K_M, where 8K tokens of context do not fit. "
        "The advice here follows the exact accounting."
    )


def test_where_both_agree_nothing_is_said(small: Snapshot) -> None:
    assert section(small, "small-8b", "rtx-24").disagreement == ""


def test_the_basis_is_the_tensors_or_the_published_file_of_the_row_that_is_shown(small: Snapshot) -> None:
    assert section(small, "small-8b", "rtx-24").basis.startswith("Weights are computed from the model's own tensors")
    only_default = snapshot_of(quants=[small.default_quant])
    assert section(only_default, "small-8b", "rtx-24").basis == (
        "Weights at Q4_K_M: those of the published file in testers/Small-8B-GGUF, 4.9 GB."
    )


def test_a_file_that_its_publisher_made_larger_is_held_against_the_plain_mix(small: Snapshot) -> None:
    larger = published_file(size_bytes=5_600_000_000)
    files = MappingProxyType({"small-8b": (larger,)})
    only_default = snapshot_of(quants=[small.default_quant], files_of=files)
    assert section(only_default, "small-8b", "rtx-24").basis == (
        "Weights at Q4_K_M: those of the published file in testers/Small-8B-GGUF, 5.6 GB, "
        "where the plain mix makes 4.9 GB."
    )


def test_tables_that_are_looked_up_are_said_to_take_no_vram(small: Snapshot) -> None:
    architecture = dense(layers=32, width=4096, heads=32, feed_forward=14336)
    with_table = replace(architecture, lookup_tables={"per layer": LookupTable(rows=128256, row_length=8192)})
    model = published_model("Table 8B", 9_080_934_400, with_table)
    snapshot = snapshot_of(models=[model])
    pair = assessed_pair(snapshot, Pair(snapshot.models["table-8b"], snapshot.gpus["rtx-24"]))
    # 128,256 rows of 8,192 at Q6_K, 210 bytes for 256: 822 MiB.
    assert exact_section(snapshot, pair).basis == (
        "Weights are computed from the model's own tensors, type by type, as llama.cpp quantizes them. "
        "822 MiB more of the file at Q6_K are tables that are looked up row by row, in RAM or on disk, and take no "
        "VRAM."
    )


def test_the_rule_of_thumb_is_not_said_to_differ_where_it_has_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_native(monkeypatch)
    pair = assessed_pair(snapshot, Pair(snapshot.models["native-30b"], snapshot.gpus["rtx-24"]))
    assert pair.best
    assert exact_section(snapshot, pair).disagreement == ""


def test_a_cache_that_llama_cpp_refuses_has_no_row_and_is_no_advice() -> None:
    of = snapshot_of(models=[published_model("Narrow 3B", 2_779_683_840, narrow_heads())])
    pair = assessed_pair(of, Pair(of.models["narrow-3b"], of.gpus["rtx-8"]))
    grid = exact_section(of, pair).grid
    assert grid
    assert {row.totals.name.rpartition(", ")[2] for row in grid.rows} == {"f16"}
    assert pair.best
    assert pair.best.exact
    assert pair.best.exact.longest_with(CacheType.Q8_0) == 0 < pair.best.exact.longest_context
    assert "A quantized cache" not in {fix.name for fix in fixes(of, pair)}


def test_the_settings_say_where_there_is_no_flash_attention(small: Snapshot) -> None:
    assert (
        section(small, "small-8b", "rtx-24").settings == "Computed for llama-server with one slot and flash attention."
    )
    architecture = dense(layers=32, width=4096, heads=32, feed_forward=14336)
    without = replace(architecture, gguf=replace(architecture.gguf, no_flash_attention=True))
    of = snapshot_of(models=[published_model("Plain 8B", 8_030_261_248, without)])
    pair = assessed_pair(of, Pair(of.models["plain-8b"], of.gpus["rtx-24"]))
    assert "it has no flash attention for this model" in exact_section(of, pair).settings
    shown = command(pair)
    assert shown
    assert shown.text.endswith("-fa off")
