"""Advice keeps memory free, and is for a context of use."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.advice import MARGIN_MIB, SHARED_MARGIN_MIB, advised_bytes, contexts_of, longest_advised
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.offer import GpuMemory, offer
from fit.units import MIB
from tests.fit.accountings import accounting
from tests.fit.architectures import SHAPES, architecture

PLAIN = accounting(architecture())
# The limit of some is no whole number of 1,024 tokens.
ACCOUNTINGS = [accounting(shape, native_context=native) for shape in SHAPES for native in (1000, 20000, 32768)]
ADVISED = (CacheType.F16, CacheType.Q8_0)


@pytest.mark.parametrize(
    ("gpu", "margin_mib"),
    [
        (GpuMemory(nameplate_gb=Decimal(24), vendor="NVIDIA"), MARGIN_MIB),
        (GpuMemory(nameplate_gb=Decimal(24), vendor="NVIDIA", drives_display=True), SHARED_MARGIN_MIB),
        (GpuMemory(nameplate_gb=Decimal(64), vendor="Apple", unified_memory=True), SHARED_MARGIN_MIB),
        (GpuMemory(nameplate_gb=Decimal(128), vendor="AMD", unified_memory=True), MARGIN_MIB),
    ],
    ids=["a server's card", "a card with a desktop", "a Mac", "other shared memory"],
)
def test_some_memory_is_kept_free(gpu: GpuMemory, margin_mib: int) -> None:
    assert offer(gpu).total_bytes - advised_bytes(gpu) == margin_mib * MIB


def test_a_card_smaller_than_what_is_kept_free_leaves_nothing() -> None:
    assert advised_bytes(GpuMemory(nameplate_gb=Decimal("0.25"), vendor="NVIDIA")) == 0


def test_a_margin_is_512_mib_where_other_programs_share_the_memory_and_256_elsewhere() -> None:
    assert (SHARED_MARGIN_MIB, MARGIN_MIB) == (512, 256)


@pytest.mark.parametrize(
    ("native", "contexts"),
    [
        (1, (1,)),
        (2048, (2048,)),
        (8191, (8191,)),
        (8192, (8192,)),
        (16383, (8192,)),
        (16384, (16384, 8192)),
        (32767, (16384, 8192)),
        (32768, (32768, 16384, 8192)),
        (10**6, (32768, 16384, 8192)),
    ],
)
def test_contexts_are_those_of_three_that_the_model_has_or_its_own(native: int, contexts: tuple[int, ...]) -> None:
    assert contexts_of(native) == contexts


@pytest.mark.parametrize("cache_type", [CacheType.F16, CacheType.Q8_0])
def test_the_longest_is_in_whole_1024_tokens(cache_type: CacheType) -> None:
    needed = PLAIN.total(5 * 1024, cache_type)
    assert longest_advised(PLAIN, needed, cache_type) == 5 * 1024
    assert longest_advised(PLAIN, needed - 1, cache_type) == 4 * 1024
    assert longest_advised(PLAIN, PLAIN.total(1024, cache_type), cache_type) == 1024
    assert longest_advised(PLAIN, PLAIN.total(1024, cache_type) - 1, cache_type) == 0


def test_a_model_whose_limit_is_no_multiple_reaches_its_limit() -> None:
    short = accounting(architecture(), native_context=20000)
    assert short.context_limit == 20000
    assert longest_advised(short, 10**12) == 20000
    assert longest_advised(short, short.total(20000)) == 20000
    assert longest_advised(short, short.total(20000) - 1) == 19 * 1024


def test_a_limit_below_1024_is_reached() -> None:
    assert longest_advised(accounting(architecture(), native_context=1000), 10**12) == 1000


@given(accounted=st.sampled_from(ACCOUNTINGS), offered=st.integers(10**6, 10**9), kept=st.sampled_from(ADVISED))
def test_it_is_the_longest_context_in_whole_1024_tokens(accounted: Accounting, offered: int, kept: CacheType) -> None:
    longest = accounted.longest_context(offered, kept)
    whole = longest if longest == accounted.context_limit else longest // 1024 * 1024
    assert longest_advised(accounted, offered, kept) == whole
