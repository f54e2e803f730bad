"""Tokens per second by hand, and what must hold for any model, card and context."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit import placement, speed
from fit.architecture import Experts, GatedFeedForward
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.specs import GpuSpec
from fit.speed import Work, decode, decode_offloaded, most_tokens_s, work_at
from fit.speed_constants import load_constants
from tests.builders import gpu_spec
from tests.fit.accountings import accounting
from tests.fit.architectures import SHAPES, architecture, attention, group, mixture
from tests.fit.constants import decode_class, of_range, speed_constants

# Keys and values of two heads of 64 in two bytes, in eight layers.
CACHE_4096 = 8 * 4096 * 2 * 128 * 2
EXPERTS_OF_A_LAYER = 16 * 3 * 512 * 256 * 2
SIXTEEN = Experts(experts=16, active=2, size=4096)
LARGE = {"mixers": (attention(heads=32, kv_heads=8, head_dim=128),), "n": 40}
LARGE_SHAPES = [
    architecture(hidden_size=4096, blocks=(group(ffn=ffn, **LARGE),)) for ffn in (GatedFeedForward(size=14336), SIXTEEN)
]
ALL_SHAPES = [*SHAPES, *LARGE_SHAPES]
CLASSES = [*load_constants().classes, "", "of no known kind"]

# All faster than RAM, whatever share of their bandwidth their class reaches.
cards = st.builds(gpu_spec, bandwidth_gb_s=st.integers(200, 8000).map(Decimal), speed_class=st.sampled_from(CLASSES))
contexts = st.integers(1, 200_000)


def in_ram(layers: int) -> Flags:
    """So many of the last layers in VRAM, with the head, the others in RAM."""
    return Flags(layers + 1)


DENSE, MIXTURE = accounting(architecture(), "F16"), accounting(mixture(), "F16")
ALL = [accounting(shape, mix) for shape in ALL_SHAPES for mix in ("F16", "Q4_K_M")]
accountings = st.sampled_from(ALL)


@pytest.fixture
def _round_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "load_constants", speed_constants)


def card(**overrides: object) -> GpuSpec:
    return gpu_spec(**{"bandwidth_gb_s": Decimal(1000), "speed_class": "usual", **overrides})


def ms(tokens_s: float) -> float:
    return 1000 / tokens_s


@pytest.mark.usefixtures("_round_numbers")
class TestByHand:
    def test_a_dense_model_reads_its_weights_and_its_cache(self) -> None:
        read_bytes = DENSE.weights_bytes + 1.2 * CACHE_4096
        expected = 1000 * read_bytes / 1e9 / (0.5 * 1000) + 2 + 8 * 0.1
        assert ms(decode(DENSE, card(), 4096).tokens_s) == pytest.approx(expected)

    def test_a_mixture_reads_two_of_sixteen_experts_a_little_less_well(self) -> None:
        read_bytes = MIXTURE.weights_bytes - 8 * EXPERTS_OF_A_LAYER * 14 / 16
        assert work_at(MIXTURE, 4096) == Work(weights_bytes=read_bytes, cache_bytes=CACHE_4096, layers=8, mixture=True)
        expected = 1000 * (read_bytes + 1.2 * CACHE_4096) / 1e9 / (0.8 * 0.5 * 1000) + 2 + 8 * 0.1 + 1
        assert ms(decode(MIXTURE, card(), 4096).tokens_s) == pytest.approx(expected)

    def test_all_weights_of_a_dense_model_are_read_and_of_the_cache_what_its_type_takes(self) -> None:
        assert work_at(DENSE, 4096) == Work(
            weights_bytes=DENSE.weights_bytes, cache_bytes=CACHE_4096, layers=8, mixture=False
        )
        assert work_at(DENSE, 4096, CacheType.Q8_0).cache_bytes == CACHE_4096 * 34 // 64

    def test_each_further_card_costs_the_same(self) -> None:
        single, three = (ms(decode(DENSE, card(), 4096, cards=count).tokens_s) for count in (1, 3))
        assert three - single == pytest.approx(2 * 0.4)

    @pytest.mark.parametrize("name", ["", "unheard of"])
    def test_a_card_of_no_known_class_has_the_constants_of_others(self, name: str) -> None:
        expected = 1000 * (DENSE.weights_bytes + 1.2 * CACHE_4096) / 1e9 / (0.25 * 1000) + 4 + 8 * 0.1
        assert ms(decode(DENSE, card(speed_class=name), 4096).tokens_s) == pytest.approx(expected)

    def test_the_range_is_that_of_the_class_and_kind(self) -> None:
        dense, experts = decode(DENSE, card(), 4096), decode(MIXTURE, card(), 4096)
        assert (dense.low / dense.tokens_s, dense.high / dense.tokens_s, dense.cards) == pytest.approx((0.8, 1.25, 5))
        span = (experts.low / experts.tokens_s, experts.high / experts.tokens_s, experts.cards)
        assert span == pytest.approx((0.5, 2, 3))

    def test_layers_in_ram_are_read_at_its_pace(self) -> None:
        layer = DENSE.weights.layers[0].total
        read_bytes = DENSE.weights_bytes - 3 * layer + 1.2 * CACHE_4096
        expected = 1000 * read_bytes / 1e9 / (0.5 * 1000) + 2 + 8 * 0.1 + 1000 * 3 * layer / 1e9 / 40
        estimate = decode_offloaded(DENSE, card(), in_ram(layers=5), 4096)
        assert ms(estimate.tokens_s) == pytest.approx(expected)

    def test_of_experts_in_ram_a_token_reads_its_share(self) -> None:
        assert MIXTURE.weights.read_in_ram(0, 3) == 3 * EXPERTS_OF_A_LAYER * 2 / 16

    def test_a_whole_layer_in_ram_has_its_experts_there_once(self) -> None:
        layer = MIXTURE.weights.layers[0].total - EXPERTS_OF_A_LAYER * 14 / 16
        assert MIXTURE.weights.read_in_ram(2, 0) == 2 * layer
        assert MIXTURE.weights.read_in_ram(2, 3) == 2 * layer + EXPERTS_OF_A_LAYER * 2 / 16


def test_the_range_ends_at_what_the_bandwidth_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = decode_class(efficiency=0.9, overhead_ms=0.001, dense=of_range(0.5, 2))
    monkeypatch.setattr(speed, "load_constants", lambda: speed_constants(layer_ms=0, classes={"usual": quick}))
    large = accounting(LARGE_SHAPES[0], "F16")
    estimate = decode(large, card(), 1)
    most = 1000 * 1e9 / (large.weights_bytes + work_at(large, 1).cache_bytes)
    assert estimate.low < estimate.tokens_s < estimate.high == pytest.approx(most)
    assert estimate.tokens_s * 2 > most


def test_no_share_is_above_the_whole_bandwidth() -> None:
    work = Work(weights_bytes=10**9, cache_bytes=0, layers=0, mixture=True)
    more = speed_constants(mixture_efficiency=3, mixture_ms=0)
    assert speed.token_ms(work, 1000, decode_class(overhead_ms=0), more) == pytest.approx(1)


def test_nothing_read_has_no_limit() -> None:
    assert most_tokens_s(Work(weights_bytes=0, cache_bytes=0, layers=0, mixture=False), card()) == float("inf")


@given(of=accountings, gpu=cards, context=contexts, count=st.integers(1, 8))
def test_no_estimate_and_no_end_of_its_range_is_above_the_bandwidth(
    of: Accounting, gpu: GpuSpec, context: int, count: int
) -> None:
    estimate = decode(of, gpu, context, cards=count)
    assert 0 < estimate.low <= estimate.tokens_s <= estimate.high <= most_tokens_s(work_at(of, context), gpu)


@given(of=accountings, gpu=cards, both=st.tuples(contexts, contexts))
def test_a_longer_context_is_never_faster(of: Accounting, gpu: GpuSpec, both: tuple[int, int]) -> None:
    assert decode(of, gpu, max(both)).tokens_s <= decode(of, gpu, min(both)).tokens_s


@given(of=accountings, name=st.sampled_from(CLASSES), both=st.tuples(st.integers(1, 9000), st.integers(1, 9000)))
def test_more_bandwidth_is_never_slower(of: Accounting, name: str, both: tuple[int, int]) -> None:
    slow, fast = (gpu_spec(bandwidth_gb_s=Decimal(value), speed_class=name) for value in sorted(both))
    assert decode(of, slow, 4096).tokens_s <= decode(of, fast, 4096).tokens_s


@given(of=accountings, gpu=cards, count=st.integers(1, 8))
def test_more_cards_are_never_faster(of: Accounting, gpu: GpuSpec, count: int) -> None:
    assert decode(of, gpu, 4096, cards=count + 1).tokens_s <= decode(of, gpu, 4096, cards=count).tokens_s


@given(of=accountings, gpu=cards, both=st.tuples(st.integers(0, 42), st.integers(0, 42)))
def test_more_layers_in_ram_are_never_faster(of: Accounting, gpu: GpuSpec, both: tuple[int, int]) -> None:
    none, few, many = (decode_offloaded(of, gpu, in_ram(layers=count), 4096) for count in (43, max(both), min(both)))
    assert many.tokens_s <= few.tokens_s <= none.tokens_s
    assert none == decode(of, gpu, 4096)
    assert many.low <= many.tokens_s <= many.high


@given(gpu=cards, layers=st.integers(0, 39), of=st.sampled_from([MIXTURE, accounting(LARGE_SHAPES[1], "Q4_K_M")]))
def test_experts_of_more_layers_in_ram_are_never_faster(of: Accounting, gpu: GpuSpec, layers: int) -> None:
    few, many = (decode_offloaded(of, gpu, Flags(cpu_moe_layers=count), 4096) for count in (layers, layers + 1))
    assert many.tokens_s <= few.tokens_s <= decode(of, gpu, 4096).tokens_s


def test_what_placement_puts_in_ram_is_slower_the_smaller_the_card() -> None:
    large, gpu = accounting(LARGE_SHAPES[1], "Q4_K_M"), gpu_spec(speed_class="nvidia-gddr")
    for place in (placement.layers_in_ram, placement.experts_in_ram):
        offers = [int(large.total(4096) * share) for share in (0.5, 0.7, 0.9)]
        speeds = [
            decode_offloaded(large, gpu, placed.flags, 4096).tokens_s
            for offered in offers
            if (placed := place(large, offered, 4096))
        ]
        assert len(speeds) == 3
        assert speeds == sorted(speeds)
        assert len(set(speeds)) == 3
        assert speeds[-1] < decode(large, gpu, 4096).tokens_s
