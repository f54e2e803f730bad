"""What holds of the answer to any pair."""

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from fit import placement, speed
from fit.candidates import Candidates
from fit.computer import computer_gib, left_bytes
from fit.kv_cache import CacheType
from fit.ram import GB_S, RamKind
from fit.specs import GpuSpec
from fit.verdict import Kind, Verdict, assess
from tests.builders import gpu_spec
from tests.fit.architectures import SHAPES, layout, mixture
from tests.fit.pairs import DEEP, HEAVY, LADDER, MXFP4, SPARSE, UNEVEN, accounting_of, candidates, taken

ORDER = list(Kind)
ASKED = [
    *(candidates(shape) for shape in (*SHAPES, HEAVY, DEEP, UNEVEN, SPARSE, mixture(gguf=layout(mxfp4_experts=True)))),
    *(candidates(DEEP, native_context=native) for native in (1024, 2048, 4096, 12288, 20000)),
]


class Pair(NamedTuple):
    asked: Candidates
    gpu: GpuSpec
    available_bytes: int

    @property
    def verdict(self) -> Verdict:
        return assess(*self)


def _boundaries(asked: Candidates) -> list[int]:
    """The bytes at which a level with a context begins to fit."""
    of_levels = [
        taken(asked, quant, each) for quant in LADDER for each in (2048, *asked.contexts) if quant is not MXFP4
    ]
    return [*of_levels, *(taken(asked, quant, 2048, CacheType.Q8_0) for quant in LADDER[4:] if quant is not MXFP4)]


BOUNDARIES = {asked: sorted(_boundaries(asked)) for asked in ASKED}


@st.composite
def available(draw: st.DrawFn, asked: Candidates) -> int:
    """Anything from far too little to more than enough, or a boundary, or a byte beside it."""
    near = st.tuples(st.sampled_from(BOUNDARIES[asked]), st.sampled_from((-1, 0, 1))).map(sum)
    return draw(st.one_of(near, st.integers(BOUNDARIES[asked][0] // 4, BOUNDARIES[asked][-1] + 10**6)))


def _card(exponent: float, *, unified: bool) -> GpuSpec:
    bandwidth = Decimal(10**exponent).quantize(Decimal("1e-6"))
    return gpu_spec(bandwidth_gb_s=bandwidth, unified_memory=unified, speed_class="nvidia-gddr")


# From a card so slow that nothing runs to one on which everything does; most make about as much as is enough.
cards = st.builds(_card, st.one_of(st.floats(-1.5, 0.5), st.floats(-4, 4)), unified=st.booleans())


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    asked = draw(st.sampled_from(ASKED))
    return Pair(asked, draw(cards), draw(available(asked)))


@given(pair=pairs())
def test_what_is_spoken_for_fits_in_what_there_is(pair: Pair) -> None:
    verdict = pair.verdict
    accounting = accounting_of(pair.asked, verdict.quant)
    assert verdict.context <= accounting.native_context
    assert verdict.takes_bytes == accounting.total(verdict.context, verdict.cache_type)
    if verdict.offload:
        placed = placement.place(accounting, verdict.flags, verdict.context, verdict.cache_type)
        assert placed.allocation.fits((pair.available_bytes,))
        assert (verdict.offload.card_bytes, verdict.offload.ram_bytes) == (
            placed.allocation.vram_bytes,
            placed.ram_bytes,
        )
    else:
        assert (verdict.takes_bytes <= pair.available_bytes) is (verdict.kind is not Kind.NO)
    if verdict.quantized_context:
        assert accounting.total(verdict.quantized_context, CacheType.Q8_0) <= pair.available_bytes


@given(pair=pairs())
def test_the_pace_is_that_of_the_kind(pair: Pair) -> None:
    verdict = pair.verdict
    accounting = accounting_of(pair.asked, verdict.quant)
    if verdict.kind is Kind.NO:
        assert verdict.speed is None
        return
    assert verdict.speed
    if verdict.offload:
        pace = GB_S[RamKind.DDR5_2]
        again = speed.decode_offloaded(accounting, pair.gpu, verdict.flags, verdict.context, ram_gb_s=pace)
        is_enough = again.tokens_s >= 5 and verdict.computer_gib is not None
        assert verdict.kind is (Kind.WITH_RAM if is_enough else Kind.NOT_IN_PRACTICE)
    else:
        again = speed.decode(accounting, pair.gpu, verdict.context, verdict.cache_type)
        assert (again.tokens_s >= 2) is (verdict.kind in (Kind.ON_CARD, Kind.SHORT))
    assert verdict.speed == again


@given(pair=pairs())
def test_with_ram_a_computer_holds_it_and_memory_is_not_shared(pair: Pair) -> None:
    verdict = pair.verdict
    if verdict.offload:
        assert not pair.gpu.unified_memory
        assert verdict.computer_gib == computer_gib(verdict.offload.ram_bytes)
        assert verdict.computer_gib
        assert verdict.offload.ram_bytes <= left_bytes(verdict.computer_gib)
    else:
        assert verdict.kind is not Kind.WITH_RAM
        assert verdict.computer_gib is None


@given(pair=pairs())
def test_on_the_card_is_8k_or_all_at_a_level_worth_recommending(pair: Pair) -> None:
    verdict, asked = pair.verdict, pair.asked
    least = min(8192, asked.model.native_context or 0)
    if verdict.kind is Kind.ON_CARD:
        assert verdict.quant.worth_recommending
        assert verdict.context >= least
        assert verdict.cache_type is CacheType.F16
    elif verdict.kind is Kind.SHORT:
        assert verdict.context >= min(2048, least)
        assert verdict.is_below is not verdict.quant.worth_recommending
        assert verdict.context < least or verdict.cache_type is CacheType.Q8_0 or verdict.is_below


@given(pair=pairs())
def test_a_no_means_that_nothing_fits(pair: Pair) -> None:
    verdict, asked = pair.verdict, pair.asked
    if verdict.kind is not Kind.NO:
        return
    levels = [level.quant for level in (*asked.worthy, *asked.below)]
    assert all(taken(asked, quant, asked.contexts[-1]) > pair.available_bytes for quant in levels)
    if asked.contexts[-1] >= 2048:
        assert all(taken(asked, quant, 2048) > pair.available_bytes for quant in levels)
    if not pair.gpu.unified_memory:
        assert asked.offloads(asked.levels.default, pair.available_bytes, asked.contexts[-1]) == ()


# Cards on which nothing is too slow: there the bytes alone decide.
@given(st.data(), st.sampled_from(ASKED), st.booleans())
def test_more_bytes_are_never_worse_where_nothing_is_too_slow(
    data: st.DataObject, asked: Candidates, unified: bool
) -> None:
    gpu = _card(4, unified=unified)
    few, many = sorted((data.draw(available(asked)), data.draw(available(asked))))
    less, more = assess(asked, gpu, few), assess(asked, gpu, many)
    assert Kind.NOT_IN_PRACTICE not in (less.kind, more.kind)
    assert ORDER.index(more.kind) <= ORDER.index(less.kind)


@given(pair=pairs(), factor=st.floats(1, 100))
def test_a_quicker_card_is_never_worse(pair: Pair, factor: float) -> None:
    quicker = replace(pair.gpu, bandwidth_gb_s=pair.gpu.bandwidth_gb_s * Decimal(factor))
    less, more = pair.verdict, pair._replace(gpu=quicker).verdict
    assert ORDER.index(more.kind) <= ORDER.index(less.kind)
