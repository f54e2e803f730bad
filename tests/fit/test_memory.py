"""Exact accounting: what a model takes at a context, and the longest context that fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.architecture import Architecture
from fit.kv_cache import CacheType
from fit.memory import Accounting, Basis
from fit.needs import account
from tests.builders import quant_spec
from tests.fit.accountings import accounting
from tests.fit.architectures import SHAPES, architecture, model

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


@pytest.mark.parametrize("accounted", ACCOUNTINGS)
@given(contexts=st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)))
def test_more_context_never_needs_less(accounted: Accounting, contexts: tuple[int, int]) -> None:
    for cache_type in CacheType:
        assert accounted.total(min(contexts), cache_type) <= accounted.total(max(contexts), cache_type)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_better_quantization_never_needs_less(shape: Architecture) -> None:
    sizes = [accounting(shape, mix).weights_bytes for mix in ("Q2_K", "Q3_K_M", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0")]
    assert sizes == sorted(sizes)


def test_the_reference_is_8192_tokens_or_the_native_context() -> None:
    assert accounting(architecture()).reference_context == 8192
    assert accounting(architecture(), native_context=4096).reference_context == 4096
    assert accounting(architecture(), native_context=4096, extended_context=65536).context_limit == 65536


def test_a_published_file_is_preferred_and_said_to_be() -> None:
    computed = accounting(architecture())
    published = account(model(architecture()), QUANT, computed.weights.file_bytes + 1000)
    assert published is not None
    assert (published.basis, computed.basis) == (Basis.PUBLISHED, Basis.TENSORS)
    assert published.weights_bytes == computed.weights_bytes + 1000
    assert accounting(architecture(extra={"tables": 10**6})).basis is Basis.APPROXIMATE


def test_without_an_architecture_a_context_or_a_mix_there_is_no_accounting() -> None:
    assert account(model(architecture(), architecture=None), QUANT) is None
    assert account(model(architecture(), native_context=None), QUANT) is None
    assert account(model(architecture()), quant_spec(mix="")) is None
