"""How much context fits, by level and type of cache, and what is counted from."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from catalog.snapshot import Snapshot
from fit.advice import longest_advised
from fit.architecture import LookupTable
from fit.kv_cache import CacheType
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.assessed import assessed_pair
from fitpages.pages.pair.command import llama_cpp
from fitpages.pages.pair.context import MOST_COLUMNS, ExactSection, GridTotals, exact_section, grid_contexts
from fitpages.pages.pair.gains import gains
from fitpages.text import figures
from tests.published import dense, narrow_heads, published_file, published_model
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
    assert of.missing == "Memory by context cannot be counted, for the tensors of the model are not known here."
    assert (of.basis, of.settings, of.extras, of.grid) == ("", "", (), None)


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
    accounting = facts.candidates.default.accounting
    assert accounting
    offered, available = facts.gpu.spec.offer.total_bytes, facts.verdict.available_bytes
    assert rows["Q4_K_M, q8_0"].longest == figures.tokens(longest_advised(accounting, available, CacheType.Q8_0))
    totals = rows["Q4_K_M, f16"].totals
    sizes = [accounting.total(context, CacheType.F16) for context in grid_contexts(131072)]
    assert len(totals.fitting) == sum(size <= available for size in sizes) > 0
    assert len(totals.tight) == sum(available < size <= offered for size in sizes)
    assert [*totals.fitting, *totals.tight, *totals.over] == [figures.bare_gibibytes(size) for size in sizes]


def test_what_fits_to_the_byte_alone_is_tight() -> None:
    totals = GridTotals("Q6_K, f16", ("1", "2", "3", "4"), fitting_columns=1, tight_columns=3)
    assert (totals.fitting, totals.tight, totals.over) == (("1",), ("2", "3"), ("4",))


def test_where_nothing_fits_the_level_of_the_answer_is_shown(small: Snapshot) -> None:
    grid = section(small, "large-70b", "rtx-8").grid
    assert grid is not None
    assert [row.totals.name for row in grid.rows] == ["Q4_K_M, f16", "Q4_K_M, q8_0"]
    assert {row.longest for row in grid.rows} == {"none"}


def test_contexts_that_need_rope_scaling_are_said(small: Snapshot) -> None:
    scaled, plain = (section(small, model, "h80").grid for model in ("mixture-30b", "small-8b"))
    assert scaled
    assert plain
    assert scaled.beyond == "Contexts of 64K and 128K need rope scaling."
    assert plain.beyond == ""


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


def test_a_cache_that_llama_cpp_refuses_has_no_row_and_is_no_advice() -> None:
    of = snapshot_of(models=[published_model("Narrow 3B", 2_779_683_840, narrow_heads())])
    pair = assessed_pair(of, Pair(of.models["narrow-3b"], of.gpus["rtx-8"]))
    grid = exact_section(of, pair).grid
    assert grid
    assert {row.totals.name.rpartition(", ")[2] for row in grid.rows} == {"f16"}
    assert {row.counted.longest_quantized for row in pair.rows if row.counted} == {0}
    assert "A q8_0 cache" not in {gain.name for gain in gains(pair)}


def test_the_settings_say_where_there_is_no_flash_attention(small: Snapshot) -> None:
    assert (
        section(small, "small-8b", "rtx-24").settings == "Computed for llama-server with one slot and flash attention."
    )
    architecture = dense(layers=32, width=4096, heads=32, feed_forward=14336)
    without = replace(architecture, gguf=replace(architecture.gguf, no_flash_attention=True))
    of = snapshot_of(models=[published_model("Plain 8B", 8_030_261_248, without)])
    pair = assessed_pair(of, Pair(of.models["plain-8b"], of.gpus["rtx-24"]))
    assert "it has no flash attention for this model" in exact_section(of, pair).settings
    shown = llama_cpp(pair)
    assert shown
    assert shown.command.endswith("-fa off")
