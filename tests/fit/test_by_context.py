"""Figures by context: kept where pages ask, and nowhere else."""

import pytest

from fit.by_context import ByContext
from fit.kv_cache import CacheType
from fit.memory import Accounting
from tests.fit.accountings import accounting
from tests.fit.architectures import SHAPES, architecture, model


@pytest.mark.parametrize(
    ("context", "is_kept"), [(1024, True), (20_000, True), (19_456, True), (1, False), (21_504, False)]
)
def test_whole_1024_tokens_and_the_limit_are_kept(context: int, is_kept: bool) -> None:
    asked: list[int] = []

    def double(tokens: int) -> int:
        asked.append(tokens)
        return 2 * tokens

    doubles = ByContext(double, limit=20_000)
    assert [doubles[context], doubles[context]] == [2 * context] * 2
    assert asked == [context] * (1 if is_kept else 2)
    assert (context in doubles) == is_kept


@pytest.mark.parametrize("accounted", [accounting(shape) for shape in SHAPES])
@pytest.mark.parametrize("cache_type", [CacheType.F16, CacheType.Q8_0])
def test_what_stands_beside_the_weights_is_cache_and_buffer(accounted: Accounting, cache_type: CacheType) -> None:
    for context in (1, 512, 1024, 5000, 8192, 32_768, 100_000, 8192):
        parts = accounted.parts(context, cache_type)
        assert accounted.beside[cache_type][context] == parts.cache_bytes + parts.compute_bytes


def test_mixes_of_a_model_have_it_in_common() -> None:
    memory = model(architecture()).memory
    assert memory
    large, small = memory.at("F16"), memory.at("Q4_K_M")
    assert large
    assert small
    assert large.beside is small.beside


def test_of_types_of_cache_that_are_asked_for_rarely_nothing_is_kept() -> None:
    beside = accounting(architecture()).beside
    assert beside[CacheType.Q5_1][8192] > beside[CacheType.Q4_0][8192] > 0
    assert beside[CacheType.F16][8192] > beside[CacheType.Q8_0][8192]
    assert [list(beside[kept]) for kept in (CacheType.Q5_1, CacheType.F16, CacheType.Q8_0)] == [[], [8192], [8192]]
