"""Exact accounting: what a model takes at a context, and the longest context that fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.kv_cache import CacheKind, CacheType
from fit.memory import Accounting
from fit.workload import Workload
from tests.builders import quant_spec
from tests.fit.accountings import accounting
from tests.fit.architectures import SHAPES, architecture
from tests.fit.workloads import accountings, cache_kinds, workloads

QUANT = quant_spec(mix="Q4_K_M")
ACCOUNTINGS = [accounting(shape) for shape in SHAPES]


@pytest.mark.parametrize("accounted", ACCOUNTINGS)
@given(offered=st.integers(10**6, 10**9))
def test_the_longest_context_fits_and_256_tokens_more_do_not(accounted: Accounting, offered: int) -> None:
    longest = accounted.longest_context(offered)
    if longest:
        assert accounted.total(longest) <= offered
    if longest < accounted.context_limit:
        assert accounted.total(min(longest + 256, accounted.context_limit)) > offered


@given(accounted=accountings, workload=workloads, kept=cache_kinds, tenths=st.integers(5, 40))
def test_so_it_is_for_any_workload(accounted: Accounting, workload: Workload, kept: CacheKind, tenths: int) -> None:
    offered = accounted.total(8192, kept, workload) * tenths // 10
    longest = accounted.longest_context(offered, kept, workload)
    if longest:
        assert accounted.total(longest, kept, workload) <= offered
    if longest < accounted.context_limit:
        assert accounted.total(min(longest + 256, accounted.context_limit), kept, workload) > offered


@given(accounted=accountings, workload=workloads, kept=cache_kinds, contexts=st.tuples(*[st.integers(1, 10**6)] * 2))
def test_more_context_never_needs_less_whatever_the_workload(
    accounted: Accounting, workload: Workload, kept: CacheKind, contexts: tuple[int, int]
) -> None:
    less, more = (accounted.total(context, kept, workload) for context in sorted(contexts))
    assert less <= more


@given(accounted=accountings, workload=workloads, kept=cache_kinds, context=st.integers(1, 100_000))
def test_the_total_is_the_sum_of_the_parts(
    accounted: Accounting, workload: Workload, kept: CacheKind, context: int
) -> None:
    assert accounted.total(context, kept, workload) == accounted.parts(context, kept, workload).total_bytes
    assert accounted.total(context, kept) == accounted.parts(context, kept, Workload()).total_bytes


def test_profiles_and_graphs_are_worked_out_for_the_types_that_are_asked_for() -> None:
    accounted = accounting(architecture())
    accounted.longest_context(10**9)
    assert list(accounted.caches) == list(accounted.graphs) == [CacheType.F16]


@pytest.mark.parametrize("accounted", ACCOUNTINGS)
@given(contexts=st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)))
def test_more_context_never_needs_less(accounted: Accounting, contexts: tuple[int, int]) -> None:
    for cache_type in CacheType:
        assert accounted.total(min(contexts), cache_type) <= accounted.total(max(contexts), cache_type)


def test_the_reference_is_8192_tokens_or_the_native_context() -> None:
    assert accounting(architecture()).reference_context == 8192
    assert accounting(architecture(), native_context=4096).reference_context == 4096
    assert accounting(architecture(), native_context=4096, extended_context=65536).context_limit == 65536
