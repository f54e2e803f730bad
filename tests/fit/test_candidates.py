"""A model at its levels: which is advised of so many bytes, with how much context, and what can lie in RAM."""

from itertools import pairwise

import pytest

from fit import placement
from fit.architecture import Architecture
from fit.candidates import Candidates, LevelSizes
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.specs import QuantSpec
from tests.builders import QUANTS, model_spec, quant_spec
from tests.fit.architectures import architecture, layout, mixture
from tests.fit.pairs import (
    DEEP,
    HEAVY,
    LADDER,
    MXFP4,
    Q2_K,
    Q3_K_M,
    Q3_K_S,
    Q4_K_M,
    Q4_K_S,
    Q5_K_M,
    Q6_K,
    Q8_0,
    SPARSE,
    WORTHY,
    accounting_of,
    candidates,
    taken,
)

K8, K16, K32 = 8192, 16384, 32768
MADE_IN_FOUR_BITS = mixture(gguf=layout(mxfp4_experts=True))


def advised(asked: Candidates, available_bytes: int) -> tuple[QuantSpec, ...]:
    return tuple(level.quant for level in asked.advised(available_bytes))


# What a card leaves, as a level and a context that take it to the byte; then the first level advised and its context,
# with exactly so much and with a byte less.
@pytest.mark.parametrize(
    ("of", "quant", "context", "exactly", "less"),
    [
        (HEAVY, Q6_K, K32, (Q6_K, K32), (Q6_K, K16)),
        (HEAVY, Q6_K, K16, (Q6_K, K16), (Q5_K_M, K16)),
        (HEAVY, Q5_K_M, K16, (Q5_K_M, K16), (Q4_K_M, K16)),
        (HEAVY, Q4_K_M, K16, (Q4_K_M, K16), (Q4_K_M, K8)),
        (HEAVY, Q3_K_M, K16, (Q4_K_M, K8), (Q4_K_M, K8)),
        (HEAVY, Q4_K_M, K8, (Q4_K_M, K8), (Q4_K_S, K8)),
        (HEAVY, Q4_K_S, K8, (Q4_K_S, K8), (Q3_K_M, K8)),
        (HEAVY, Q3_K_M, K8, (Q3_K_M, K8), None),
        (SPARSE, Q4_K_M, K16, (Q4_K_M, K16), (Q4_K_M, K8)),
        (SPARSE, Q4_K_M, K8, (Q4_K_M, K8), (Q4_K_S, K16)),
        (SPARSE, Q4_K_S, K16, (Q4_K_S, K16), (Q4_K_S, K8)),
        (SPARSE, Q4_K_S, K8, (Q4_K_S, K8), (Q3_K_M, K16)),
        (DEEP, Q4_K_M, K16, (Q4_K_M, K16), (Q4_K_M, K8)),
        (DEEP, Q3_K_M, K16, (Q4_K_M, K8), (Q4_K_M, K8)),
        (DEEP, Q4_K_M, K8, (Q4_K_M, K8), (Q4_K_S, K8)),
    ],
    ids=[
        "the best with 32K",
        "the best with 16K",
        "one above the default",
        "the default with 16K",
        "16K only below the default, which leaves 8K",
        "the default with 8K",
        "below it the best that leaves 8K",
        "the smallest",
        "large steps of quality: 16K at the default",
        "the default with 8K, while a smaller level leaves 16K",
        "a level below the default with 16K",
        "the best that leaves 8K, while a smaller level leaves 16K",
        "a large cache: 16K at the default",
        "a large cache: 16K at none",
        "a large cache: the default with 8K",
    ],
)
def test_the_level_advised_and_its_context(
    of: Architecture,
    quant: QuantSpec,
    context: int,
    exactly: tuple[QuantSpec, int],
    less: tuple[QuantSpec, int] | None,
) -> None:
    asked = candidates(of)
    available = taken(asked, quant, context)
    for left, expected in ((available, exactly), (available - 1, less)):
        levels = list(asked.advised(left))
        first = (levels[0].quant, asked.longest(levels[0], left)) if levels else None
        assert first == expected


def test_after_the_level_advised_come_all_below_it_that_leave_8k() -> None:
    asked = candidates(HEAVY)
    assert advised(asked, taken(asked, Q5_K_M, K16)) == (Q5_K_M, Q4_K_M, Q4_K_S, Q3_K_M)
    assert advised(asked, taken(asked, Q4_K_M, K8)) == (Q4_K_M, Q4_K_S, Q3_K_M)
    assert advised(asked, taken(asked, Q3_K_M, K8)) == (Q3_K_M,)


@pytest.mark.parametrize(
    ("native", "contexts", "comfortable"),
    [
        (1024, (1024,), 1024),
        (2048, (2048,), 2048),
        (4096, (4096,), 4096),
        (8191, (8191,), 8191),
        (8192, (8192,), 8192),
        (12288, (8192,), 12288),
        (16384, (16384, 8192), 16384),
        (20000, (16384, 8192), 16384),
        (32768, (32768, 16384, 8192), 16384),
        (131072, (32768, 16384, 8192), 16384),
    ],
)
def test_contexts_are_within_the_native_one(native: int, contexts: tuple[int, ...], comfortable: int) -> None:
    asked = candidates(DEEP, native_context=native)
    assert asked.contexts == contexts
    for level in asked.worthy:
        assert level.sizes == tuple(taken(asked, level.quant, context) for context in contexts)
        assert level.comfortable_bytes == taken(asked, level.quant, comfortable)
        assert level.least_bytes == taken(asked, level.quant, min(8192, native))


def test_a_model_of_12k_has_its_best_level_where_all_of_its_context_fits() -> None:
    asked = candidates(HEAVY, native_context=12288)
    assert advised(asked, taken(asked, Q6_K, 12288))[0] is Q6_K
    assert advised(asked, taken(asked, Q6_K, 12288) - 1)[0] is Q5_K_M


@pytest.mark.parametrize("native", [2048, 4096])
def test_a_model_of_a_short_context_has_its_best_level_where_that_fits(native: int) -> None:
    asked = candidates(HEAVY, native_context=native)
    assert advised(asked, taken(asked, Q6_K, native))[0] is Q6_K
    assert advised(asked, taken(asked, Q6_K, native) - 1)[0] is Q5_K_M
    assert advised(asked, taken(asked, Q3_K_M, native)) == (Q3_K_M,)
    assert advised(asked, taken(asked, Q3_K_M, native) - 1) == ()


def test_levels_are_those_worth_recommending_and_those_below_best_first() -> None:
    asked = candidates(HEAVY)
    assert tuple(level.quant for level in asked.worthy) == WORTHY
    assert tuple(level.quant for level in asked.below) == (Q3_K_S, Q2_K)
    for better, worse in pairwise((*asked.worthy, *asked.below)):
        assert better.least_bytes > worse.least_bytes


def test_a_level_that_cannot_be_counted_is_left_out() -> None:
    unknown = quant_spec(slug="unknown", mix="no such mix")
    asked = candidates(HEAVY, quants=(Q6_K, unknown, Q4_K_M))
    assert [level.quant for level in asked.worthy] == [Q6_K, Q4_K_M]
    assert asked.is_counted


def test_a_published_file_has_the_size_that_it_has() -> None:
    computed = candidates(HEAVY)
    accounting = accounting_of(computed, Q4_K_M)
    file_bytes = accounting.weights.file_bytes + 1000
    asked = candidates(HEAVY, files={"q4-k-m": file_bytes})
    for before, after in zip(computed.worthy, asked.worthy, strict=True):
        more = 1000 if after.quant is Q4_K_M else 0
        assert after == LevelSizes(
            before.quant, before.comfortable_bytes + more, tuple(size + more for size in before.sizes)
        )
    assert taken(asked, Q4_K_M, K8) == taken(computed, Q4_K_M, K8) + 1000


def test_the_sizes_of_all_levels_leave_nothing_with_the_model() -> None:
    asked = candidates(HEAVY)
    assert asked.worthy
    assert asked.model.memory
    assert not asked.model.memory._accountings
    assert asked.need(Q4_K_M) is asked.need(Q4_K_M)
    assert len(asked.model.memory._accountings) == 1


def test_a_need_has_the_rule_and_what_is_counted() -> None:
    need = candidates(HEAVY).need(Q4_K_M)
    assert need.accounting
    assert need.rule_bytes == 8_030_000_000 * Q4_K_M.rule_bytes_per_weight * 12 / 10
    assert need.exact_bytes == need.accounting.total(K8)


@pytest.mark.parametrize(
    "asked",
    [
        candidates(HEAVY, native_context=None),
        candidates(HEAVY, quants=QUANTS, default=QUANTS[4]),
        Candidates(model=model_spec(), levels=candidates(HEAVY).levels, published_bytes={}),
    ],
    ids=["no context", "no mix with rules", "no architecture"],
)
def test_without_tensors_nothing_is_counted(asked: Candidates) -> None:
    assert not asked.is_counted
    assert asked.worthy == asked.below == ()
    assert asked.default.rule_bytes
    assert asked.default.exact_bytes is None
    assert asked.offloads(asked.levels.default, 10**8, K8) == ()


def test_the_level_that_a_model_was_made_in_is_the_first_and_the_default() -> None:
    asked = candidates(MADE_IN_FOUR_BITS)
    assert asked.levels.default is MXFP4
    assert [level.quant for level in asked.worthy] == [MXFP4]
    assert asked.below == ()
    least = taken(asked, MXFP4, K8)
    assert advised(asked, least) == (MXFP4,)
    assert advised(asked, least - 1) == ()


def test_a_published_file_is_advised_where_the_native_level_leaves_no_8k() -> None:
    native = candidates(MADE_IN_FOUR_BITS)
    smaller = native.default.accounting.weights.file_bytes * 9 // 10 if native.default.accounting else 0
    asked = candidates(MADE_IN_FOUR_BITS, files={"q4-k-m": smaller, "q8-0": smaller})
    least = taken(asked, MXFP4, K8)
    assert taken(asked, Q4_K_M, K16) > least > taken(asked, Q4_K_M, K8)
    assert advised(asked, least) == (MXFP4, Q4_K_M)
    assert advised(asked, least - 1) == (Q4_K_M,)
    assert Q8_0 not in advised(asked, 10**12)


@pytest.mark.parametrize("of", [HEAVY, SPARSE])
@pytest.mark.parametrize("cache_type", [CacheType.F16, CacheType.Q8_0])
def test_ways_to_leave_a_part_in_ram_are_those_of_placement(of: Architecture, cache_type: CacheType) -> None:
    asked = candidates(of)
    accounting, available = accounting_of(asked, Q4_K_M), int(taken(asked, Q4_K_M, K8) * 0.9)
    placed = [
        make(accounting, available, K8, cache_type) for make in (placement.experts_in_ram, placement.layers_in_ram)
    ]
    ways = asked.offloads(Q4_K_M, available, K8, cache_type)
    assert [way.flags for way in ways] == [place.flags for place in placed if place]
    assert len(ways) == (2 if of is SPARSE else 1)
    for way in ways:
        parts = placement.place(accounting, way.flags, K8, cache_type).allocation
        assert (way.ram_bytes, way.card_bytes) == (parts.ram_bytes, parts.vram_bytes)
        assert way.card_bytes <= available
        assert way.flags != Flags()
    assert asked.offloads(Q4_K_M, available, K8, cache_type) is ways


def test_a_card_that_holds_no_layer_has_no_way() -> None:
    assert candidates(HEAVY).offloads(Q4_K_M, 10**6, K8) == ()
    assert candidates(architecture(), quants=LADDER).offloads(Q4_K_M, 0, K8) == ()
