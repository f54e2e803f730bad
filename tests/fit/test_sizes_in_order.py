"""A smaller mix or type of cache never takes more, except where llama.cpp pads, falls back or keeps some tensors."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from fit.architecture import GatedFeedForward
from fit.kv_cache import CacheType, CacheTypes
from fit.memory import Accounting
from fit.quant_mixes import BASE_TYPES
from fit.workload import Workload
from tests.fit.accountings import accounting
from tests.fit.architectures import SHAPES, architecture, group
from tests.fit.workloads import accountings, types

# Every mix, largest first, as files of large models are.
BY_SIZE = tuple(BASE_TYPES)
# Rows of 1,056 elements divide by 32, not by 256: llama.cpp falls back to types of 32 elements there.
ODD_ROWS = architecture(blocks=(group(ffn=GatedFeedForward(size=1056)),))
LARGE_TABLES = "embedding and head stay at larger types, which weigh more in a small model"
# Mixes that take more than a larger one in some of these small models, and why.
EXCEPTIONS = {
    "Q4_K_L": LARGE_TABLES,
    "Q3_K_XL": LARGE_TABLES,
    "Q2_K_L": LARGE_TABLES,
    "Q2_0": LARGE_TABLES,
    "TQ2_0": LARGE_TABLES,
    "TQ1_0": LARGE_TABLES,
    "Q2_K": "the last matrices of feed-forward parts are lifted to Q3_K",
    "IQ4_NL": "values and the first layers are lifted to Q5_K",
    "MXFP4_MOE": "all but experts stay at Q8_0",
}
# Mixes that take more than a larger one where rows are odd, for their blocks of 256 or 128 do not divide them.
FALLEN_BACK = {
    "Q5_K_L": "Q5_1 stands for Q5_K",
    "Q4_K_M": "Q5_0 stands for Q4_K, and Q8_0 for Q6_K",
    "Q1_0": "F16 stands for Q1_0",
}


def larger_than_a_larger_one(sizes: dict[str, int]) -> set[str]:
    """The mixes that take more than any of those before them."""
    least = accumulate(sizes.values(), min)
    return {mix for (mix, size), smallest in zip(sizes.items(), least, strict=True) if size > smallest}


def test_a_smaller_mix_takes_more_only_where_some_tensors_stay_larger() -> None:
    sizes = [{mix: accounting(shape, mix).weights_bytes for mix in BY_SIZE} for shape in SHAPES]
    larger = set().union(*map(larger_than_a_larger_one, sizes))
    assert larger == set(EXCEPTIONS)


def test_with_odd_rows_only_what_falls_back_takes_more() -> None:
    sizes = {mix: accounting(ODD_ROWS, mix).weights_bytes for mix in BY_SIZE if mix not in EXCEPTIONS}
    assert larger_than_a_larger_one(sizes) == set(FALLEN_BACK)


contexts = st.integers(1, 200_000)


@given(accounted=accountings, context=contexts, other=types)
def test_a_smaller_type_of_cache_never_takes_more(accounted: Accounting, context: int, other: CacheType) -> None:
    pairs = ([(kept, kept), (kept, other), (other, kept)] for kept in CacheType)
    for kinds in zip(*pairs, strict=True):
        sizes = [accounted.caches[CacheTypes(*kind)].size_bytes(context) for kind in kinds]
        assert sizes == sorted(sizes, reverse=True)


@given(accounted=accountings, context=contexts)
def test_the_total_grows_by_no_more_than_the_copy_that_attention_wants(accounted: Accounting, context: int) -> None:
    """Without flash attention nothing is copied, and a smaller type never takes more in all."""
    scored = Workload(flash_attention=False)
    totals = [accounted.total(context, kept, scored) for kept in CacheType]
    assert totals == sorted(totals, reverse=True)
    copied = [accounted.total(context, kept) for kept in CacheType if kept is not CacheType.F16]
    assert copied == sorted(copied, reverse=True)
