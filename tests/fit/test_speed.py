"""Tokens per second by hand, and what must hold for any model, card and context."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit import placement, speed
from fit.architecture import Experts, GatedFeedForward
from fit.decode_time import card_of, token_ms
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.ram import GB_S, RamKind
from fit.several_cards import ONE_CARD, Run
from fit.specs import GpuSpec
from fit.speed import at_usual_ends, decode, decode_offloaded, most_tokens_s
from fit.speed_constants import load_constants
from fit.work import Work, work_at
from tests.builders import gpu_spec
from tests.fit.accountings import accounting
from tests.fit.architectures import SHAPES, architecture, attention, group, mixture
from tests.fit.constants import decode_class, of_range, spans, speed_constants

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
    def test_it_is_the_time_of_a_token_on_the_card_with_the_range_of_its_class(self) -> None:
        for of, low, high, cards in ((DENSE, 0.8, 1.25, 5), (MIXTURE, 0.5, 2, 3)):
            estimate, expected = decode(of, card(), 4096), self.token_ms(of)
            assert ms(estimate.tokens_s) == pytest.approx(expected)
            assert (estimate.low / estimate.tokens_s, estimate.high / estimate.tokens_s) == pytest.approx((low, high))
            assert (estimate.cards, estimate.models, estimate.backend) == (cards, 0, "CUDA")

    def token_ms(self, of: Accounting, run: Run = ONE_CARD, flags: Flags | None = None) -> float:
        """By the server, which takes a tenth more and half a millisecond."""
        constants = speed_constants()
        return token_ms(work_at(of, 4096, flags=flags), card_of(card(), constants), constants, run) / 0.9 + 0.5

    @pytest.mark.parametrize(("slug", "low", "models"), [("quick", 0.9, 3), ("once", 0.8, 1), ("other", 0.8, 0)])
    def test_a_card_that_was_measured_says_how_many_models_of_it_were(self, slug: str, low: float, models: int) -> None:
        estimate = decode(DENSE, card(slug=slug), 4096)
        assert (estimate.low / estimate.tokens_s, estimate.models) == (pytest.approx(low), models)

    @pytest.mark.parametrize("split", ["layer", "tensor"])
    def test_several_cards_take_turns_or_share(self, split: str) -> None:
        estimate = decode(DENSE, card(), 4096, cards=3, split=split)
        assert ms(estimate.tokens_s) == pytest.approx(self.token_ms(DENSE, Run(3, split)))

    def test_a_part_in_ram_is_read_at_its_pace(self) -> None:
        flags = in_ram(layers=5)
        for pace in (None, 100):
            estimate = decode_offloaded(DENSE, card(), flags, 4096, ram_gb_s=pace)
            assert ms(estimate.tokens_s) == pytest.approx(self.token_ms(DENSE, Run(ram_gb_s=pace), flags))

    def test_the_usual_ends_of_ram_are_two_channels_of_ddr4_and_of_ddr5(self) -> None:
        ends = at_usual_ends(DENSE, card(), in_ram(layers=5), 4096)
        paces = (GB_S[RamKind.DDR4_2], GB_S[RamKind.DDR5_2])
        assert ends == tuple(decode_offloaded(DENSE, card(), in_ram(layers=5), 4096, ram_gb_s=pace) for pace in paces)


def test_the_range_ends_at_what_the_bandwidth_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = decode_class(efficiency=0.9, layer_ms=0.0001, unseen=spans(of_range(0.5, 2)))
    monkeypatch.setattr(speed, "load_constants", lambda: speed_constants(mixes={}, classes={"usual": quick}))
    large = accounting(LARGE_SHAPES[0], "F16")
    estimate = decode(large, card(), 1)
    most = 1000 * 1e9 / (large.weights_bytes + work_at(large, 1).cache_bytes)
    assert estimate.low < estimate.tokens_s < estimate.high == pytest.approx(most)
    assert estimate.tokens_s * 2 > most


def test_nothing_read_has_no_limit() -> None:
    assert most_tokens_s(Work(weights_bytes=0), card()) == float("inf")


@given(of=accountings, gpu=cards, context=contexts, kind=st.sampled_from(CacheType), layers=st.integers(0, 42))
def test_a_quantized_cache_is_never_faster(
    of: Accounting, gpu: GpuSpec, context: int, kind: CacheType, layers: int
) -> None:
    assert decode(of, gpu, context, kind).tokens_s <= decode(of, gpu, context).tokens_s
    flags = in_ram(layers)
    narrow, plain = (decode_offloaded(of, gpu, flags, context, each) for each in (kind, CacheType.F16))
    assert narrow.tokens_s <= plain.tokens_s


@given(of=accountings, gpu=cards, layers=st.integers(0, 42), pace=st.floats(10, 500), experts=st.integers(0, 40))
def test_with_a_part_in_ram_nothing_is_above_what_both_bandwidths_allow(
    of: Accounting, gpu: GpuSpec, layers: int, pace: float, experts: int
) -> None:
    flags = in_ram(layers)._replace(cpu_moe_layers=experts)
    estimate = decode_offloaded(of, gpu, flags, 4096, ram_gb_s=pace)
    most = most_tokens_s(work_at(of, 4096, flags=flags), gpu, Run(ram_gb_s=pace))
    assert 0 < estimate.low <= estimate.tokens_s <= estimate.high <= most * (1 + 1e-12)


@given(of=accountings, gpu=cards, count=st.integers(2, 8))
def test_by_tensor_cards_are_no_slower_than_by_layer(of: Accounting, gpu: GpuSpec, count: int) -> None:
    by_layer, by_tensor = (decode(of, gpu, 4096, cards=count, split=split) for split in ("layer", "tensor"))
    assert by_layer.tokens_s <= by_tensor.tokens_s


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
