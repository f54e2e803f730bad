"""The one answer to a pair by how fast it is: what is too slow, what lies in RAM, and which answer then stands.

Cards are made up: the bandwidth is the least that makes the pace, and the next less of it.
"""

from math import inf, nextafter

import pytest

from fit import speed
from fit.advice import advised_bytes
from fit.architecture import Experts, GatedFeedForward
from fit.candidates import Candidates, Offload
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.ram import GB_S, RamKind
from fit.specs import GpuSpec, QuantSpec
from fit.speed import Estimate
from fit.units import GIB
from fit.verdict import Kind, Verdict, assess, fastest_offload, short_way
from tests.fit.architectures import architecture, attention, group, layout, mixture
from tests.fit.paces import around, card_of
from tests.fit.pairs import (
    HEAVY,
    MXFP4,
    Q2_K,
    Q3_K_M,
    Q4_K_M,
    Q4_K_S,
    SPARSE,
    accounting_of,
    candidates,
    taken,
)

K8 = 8192
QUICK, CRAWLING = card_of(10**12), card_of(10**6)
YES, SHORT, RAM, SLOW = Kind.ON_CARD, Kind.SHORT, Kind.WITH_RAM, Kind.NOT_IN_PRACTICE
DENSE, MIXTURE = candidates(HEAVY), candidates(SPARSE)
NATIVE = candidates(mixture(gguf=layout(mxfp4_experts=True)))
# A byte too little for 2,048 tokens at any level.
LITTLE = taken(DENSE, Q2_K, 2048, CacheType.Q8_0) - 1
# Too much of it in RAM, and RAM is what takes the time.
LARGE = candidates(
    architecture(
        vocab_size=128256,
        hidden_size=8192,
        blocks=(
            group(
                n=80,
                mixers=(attention(heads=64, kv_heads=8, head_dim=128),),
                ffn=GatedFeedForward(size=28672),
            ),
        ),
    ),
    quants=(Q4_K_M, Q3_K_M),
)
# 64 layers of 128 large experts, of which a token reads one: some 270 GB at Q4_K_M.
VAST = architecture(
    hidden_size=4096,
    blocks=(group(n=64, mixers=(attention(heads=32, head_dim=128),), ffn=Experts(experts=128, active=1, size=4096)),),
)


def decoded(asked: Candidates, gpu: GpuSpec, quant: QuantSpec, context: int) -> float:
    return speed.decode(accounting_of(asked, quant), gpu, context).tokens_s


def offloaded(asked: Candidates, gpu: GpuSpec, quant: QuantSpec, available: int) -> dict[Flags, float]:
    """Tokens per second with 8K and two channels of DDR5, by way."""
    accounting, pace = accounting_of(asked, quant), GB_S[RamKind.DDR5_2]
    return {
        way.flags: speed.decode_offloaded(accounting, gpu, way.flags, K8, ram_gb_s=pace).tokens_s
        for way in asked.offloads(quant, available, K8)
    }


def answer(verdict: Verdict) -> tuple[Kind, QuantSpec]:
    return verdict.kind, verdict.quant


# 8K fits at three levels, all slower than two tokens per second on the slowest card.
@pytest.mark.parametrize(
    ("quant", "slow", "quick"),
    [
        (Q4_K_M, (YES, Q4_K_S), (YES, Q4_K_M)),
        (Q4_K_S, (YES, Q3_K_M), (YES, Q4_K_S)),
        (Q3_K_M, (SLOW, Q3_K_M), (YES, Q3_K_M)),
    ],
)
def test_a_level_too_slow_gives_way_to_the_next_that_makes_2_tokens_per_second(
    quant: QuantSpec, slow: tuple[Kind, QuantSpec], quick: tuple[Kind, QuantSpec]
) -> None:
    available = taken(DENSE, Q4_K_M, K8)
    gpus = around(2, lambda gpu: decoded(DENSE, gpu, quant, K8))
    for gpu, expected in zip(gpus, (slow, quick), strict=True):
        verdict = assess(DENSE, gpu, available)
        assert answer(verdict) == expected
        assert verdict.speed == speed.decode(accounting_of(DENSE, verdict.quant), gpu, K8)


def test_where_the_longest_context_is_too_slow_a_shorter_one_is_spoken_for() -> None:
    available = taken(NATIVE, MXFP4, 16384)
    slow, quick = around(2, lambda gpu: decoded(NATIVE, gpu, MXFP4, 16384))
    assert decoded(NATIVE, slow, MXFP4, K8) > 2
    for gpu, context in ((slow, K8), (quick, 16384)):
        verdict = assess(NATIVE, gpu, available)
        assert (verdict.kind, verdict.context) == (YES, context)


@pytest.mark.parametrize(("tokens_s", "kind"), [(nextafter(2, 0), SLOW), (2.0, YES), (nextafter(2, inf), YES)])
def test_exactly_2_tokens_per_second_are_enough(monkeypatch: pytest.MonkeyPatch, tokens_s: float, kind: Kind) -> None:
    monkeypatch.setattr(speed, "decode", lambda *_: Estimate(tokens_s, 1, 3, cards=5))
    for unified in (False, True):
        gpu = card_of(10**12, unified_memory=unified)
        assert answer(assess(DENSE, gpu, taken(DENSE, Q4_K_M, K8))) == (kind, Q4_K_M)


@pytest.mark.parametrize(("tokens_s", "kind"), [(nextafter(5, 0), SLOW), (5.0, RAM), (nextafter(5, inf), RAM)])
def test_exactly_5_tokens_per_second_are_enough_with_ram(
    monkeypatch: pytest.MonkeyPatch, tokens_s: float, kind: Kind
) -> None:
    monkeypatch.setattr(speed, "decode_offloaded", lambda *_, **__: Estimate(tokens_s, 1, 9, cards=5))
    assert answer(assess(DENSE, QUICK, LITTLE)) == (kind, Q4_K_M)


def test_with_ram_it_is_the_default_that_has_to_be_fast_enough() -> None:
    """A smaller level would be, of a model of 70 billion weights."""
    available = taken(LARGE, Q3_K_M, 2048, CacheType.Q8_0) - 1
    assert max(offloaded(LARGE, QUICK, Q4_K_M, available).values()) < 5
    assert max(offloaded(LARGE, QUICK, Q3_K_M, available).values()) >= 5
    assert answer(assess(LARGE, QUICK, available)) == (SLOW, Q4_K_M)


@pytest.mark.parametrize(("gpu", "faster"), [(QUICK, 0), (CRAWLING, 1)], ids=["experts", "layers"])
def test_of_experts_and_layers_in_ram_the_faster_counts(gpu: GpuSpec, faster: int) -> None:
    available = taken(MIXTURE, Q3_K_M, K8) - 1
    ways = offloaded(MIXTURE, gpu, Q4_K_M, available)
    assert list(ways.values()).index(max(ways.values())) == faster
    placed = fastest_offload(MIXTURE, Q4_K_M, gpu, available, K8)
    assert placed
    assert (placed[0].flags, placed[1].tokens_s) == max(ways.items(), key=lambda way: way[1])
    verdict = assess(MIXTURE, gpu, available)
    assert (verdict.offload, verdict.speed) == placed
    assert verdict.flags == placed[0].flags


def test_where_there_is_no_way_there_is_no_faster_one() -> None:
    assert fastest_offload(DENSE, Q4_K_M, QUICK, 10**6, K8) is None
    assert fastest_offload(candidates(HEAVY, native_context=None), Q4_K_M, QUICK, LITTLE, K8) is None


def test_what_lies_in_ram_is_said_with_the_computer_that_holds_it() -> None:
    verdict = assess(DENSE, QUICK, LITTLE)
    assert verdict.kind is RAM
    (way,) = DENSE.offloads(Q4_K_M, LITTLE, K8)
    assert verdict.offload == way == Offload(way.flags, way.ram_bytes, way.card_bytes)
    assert verdict.takes_bytes == taken(DENSE, Q4_K_M, K8)
    assert (verdict.context, verdict.computer_gib, verdict.says_yes) == (K8, 8, True)


def test_more_than_the_largest_computer_leaves_is_not_in_practice() -> None:
    """By the size of a published file: the largest of which 256 GiB hold what the card does not, and a byte more."""
    low, high = 200 * 10**9, 400 * 10**9
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _of_file(middle).computer_gib else (low, middle)
    held, beyond = _of_file(low), _of_file(high)
    assert (held.kind, held.computer_gib) == (RAM, 256)
    assert answer(beyond) == (SLOW, Q4_K_M)
    assert beyond.computer_gib is None
    assert held.offload
    assert beyond.offload
    assert held.offload.ram_bytes <= 250 * GIB < beyond.offload.ram_bytes
    assert beyond.speed
    assert beyond.speed.tokens_s > 5


def _of_file(size_bytes: int) -> Verdict:
    """On a card that holds everything but the experts."""
    asked = candidates(VAST, quants=(Q4_K_M,), files={"q4-k-m": size_bytes})
    return assess(asked, QUICK, 8 * 10**9)


def test_with_ram_stands_before_short_and_short_before_what_is_too_slow() -> None:
    """2K fits at the smallest level, with any card: with a slower one the answer is the next."""
    available = taken(DENSE, Q3_K_M, 2048)
    ram = around(5, lambda gpu: max(offloaded(DENSE, gpu, Q4_K_M, available).values()))
    short = around(2, lambda gpu: decoded(DENSE, gpu, Q3_K_M, 2048))
    assert answer(assess(DENSE, ram[1], available)) == (RAM, Q4_K_M)
    assert answer(assess(DENSE, ram[0], available)) == (SHORT, Q3_K_M)
    assert answer(assess(DENSE, short[1], available)) == (SHORT, Q3_K_M)
    verdict = assess(DENSE, short[0], available)
    assert answer(verdict) == (SLOW, Q4_K_M)
    assert verdict.offload
    assert not verdict.says_yes


@pytest.mark.parametrize("available", [LITTLE, taken(DENSE, Q3_K_M, 2048), taken(DENSE, Q3_K_M, K8) - 1])
def test_of_shared_memory_nothing_lies_in_ram(available: int) -> None:
    gpu = card_of(10**12, unified_memory=True)
    assert assess(DENSE, card_of(10**12), available).kind is RAM
    assert assess(DENSE, gpu, available).kind is (Kind.NO if available == LITTLE else SHORT)
    assert assess(DENSE, gpu, available).offload is None


def test_shared_memory_too_slow_is_not_in_practice() -> None:
    available = taken(DENSE, Q3_K_M, 2048)
    slow, quick = around(2, lambda gpu: decoded(DENSE, gpu, Q3_K_M, 2048), unified_memory=True)
    assert answer(assess(DENSE, quick, available)) == (SHORT, Q3_K_M)
    assert answer(assess(DENSE, slow, available)) == (SLOW, Q3_K_M)


def test_beside_a_part_in_ram_the_short_way_is_what_the_card_holds_alone() -> None:
    needed = taken(DENSE, Q2_K, 2048, CacheType.Q8_0)
    reported = next(mib for mib in range(300, 1000) if advised_bytes(card_of(10**12, reported_mib=mib)) >= needed)
    less, enough = (card_of(10**12, reported_mib=mib) for mib in (reported - 1, reported))
    short = short_way(DENSE, enough, advised_bytes(enough))
    assert short
    assert (short.kind, short.quant, short.context, short.cache_type) == (SHORT, Q2_K, 2048, CacheType.Q8_0)
    assert short_way(DENSE, less, advised_bytes(less)) is None
    assert assess(DENSE, enough).kind is assess(DENSE, less).kind is RAM
    assert short_way(DENSE, card_of(10**6, reported_mib=reported), needed) is None, "too slow is no way"
