"""The wait for the first token by hand, and what must hold for any prompt."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit import prefill
from fit.bus import bus_gb_s, copied_gb
from fit.flags import Flags
from fit.prefill import Wait, first_token
from fit.prompt import prompt_work, stack_work
from fit.specs import GpuSpec
from fit.speed_constants import load_constants
from fit.workload import Workload
from tests.builders import gpu_spec
from tests.fit.accountings import accounting
from tests.fit.architectures import RECURRENT, SHAPES, architecture, mixture
from tests.fit.constants import speed_constants

DENSE, MIXTURE, RECURRENCE = (accounting(of, "F16") for of in (architecture(), mixture(), RECURRENT))
ALL = [accounting(shape) for shape in SHAPES]


def card(**overrides: Any) -> GpuSpec:
    values = {"speed_class": "usual", "compute_tflops": Decimal(50), "bandwidth_gb_s": Decimal(1000)}
    return gpu_spec(**{**values, **overrides})


def waited(*arguments: Any, **options: Any) -> Wait:
    wait = first_token(*arguments, **options)
    assert wait
    return wait


@pytest.fixture
def _round_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefill, "load_constants", speed_constants)


@pytest.mark.usefixtures("_round_numbers")
class TestByHand:
    def test_a_prompt_takes_its_arithmetic_and_its_hidden_states(self) -> None:
        work = prompt_work(stack_work(architecture()), 2000)
        seconds = work.dense_tflop / 20 + work.attention_tflop / 10 + 50 * work.hidden_gb / 1000
        wait = waited(DENSE, card(), 2000)
        assert wait == pytest.approx((seconds, seconds / 1.25, seconds / 0.8, 5, 0))

    def test_experts_are_multiplied_less_well_and_have_the_range_of_mixtures(self) -> None:
        work = prompt_work(stack_work(mixture()), 2000)
        matrices = (work.dense_tflop + work.expert_tflop / 0.5) / 20
        wait = waited(MIXTURE, card(), 2000)
        assert wait.seconds == pytest.approx(matrices + work.attention_tflop / 10 + 50 * work.hidden_gb / 1000)
        assert (wait.seconds / wait.high, wait.seconds / wait.low) == pytest.approx((0.5, 2))

    def test_layers_with_linear_attention_take_longer_each_micro_batch(self) -> None:
        small, large = (
            waited(RECURRENCE, card(), 2048, workload=Workload(micro_batch_tokens=size)).seconds for size in (512, 2048)
        )
        assert small - large == pytest.approx(3 * 8 * 0.002)

    def test_what_makes_a_generation_faster_does_not_help_attention(self) -> None:
        work = prompt_work(stack_work(architecture()), 2000)
        old, new = (waited(DENSE, card(chip_architecture=chip), 2000).seconds for chip in ("Old", "New"))
        assert old - new == pytest.approx(work.dense_tflop / 20 / 2)

    @pytest.mark.parametrize("name", ["", "unheard of"])
    def test_a_card_of_no_known_class_has_the_constants_of_others(self, name: str) -> None:
        work = prompt_work(stack_work(architecture()), 2000)
        seconds = work.dense_tflop / 10 + work.attention_tflop / 5 + 50 * work.hidden_gb / 1000
        wait = waited(DENSE, card(speed_class=name), 2000)
        assert (wait.seconds, wait.cards) == pytest.approx((seconds, 0))

    def test_a_measured_card_has_its_own_factor_and_range(self) -> None:
        other, own = waited(DENSE, card(), 2000), waited(DENSE, card(slug="measured"), 2000)
        assert own.seconds == pytest.approx(other.seconds / 1.25)
        assert (own.seconds / own.high, own.seconds / own.low, own.models) == pytest.approx((0.9, 1.1, 3))
        mixed = waited(MIXTURE, card(slug="measured"), 2000)
        assert mixed.seconds / mixed.low == pytest.approx(1.4)

    def test_experts_in_ram_are_copied_with_every_micro_batch(self) -> None:
        ampere, flags = card(chip_architecture="Ampere"), Flags(cpu_moe_layers=8)
        bus = bus_gb_s(ampere)
        assert bus
        for size in (512, 2048):
            workload = Workload(micro_batch_tokens=size)
            more = waited(MIXTURE, ampere, 4096, flags=flags, workload=workload).seconds
            more -= waited(MIXTURE, ampere, 4096, workload=workload).seconds
            assert more == pytest.approx(copied_gb(MIXTURE.weights, flags, 4096, size) / bus)

    def test_a_card_that_was_measured_copies_no_faster(self) -> None:
        ampere, flags = {"chip_architecture": "Ampere", "slug": "measured"}, Flags(cpu_moe_layers=8)
        more = waited(MIXTURE, card(**ampere), 512, flags=flags).seconds - waited(MIXTURE, card(**ampere), 512).seconds
        assert more == pytest.approx(copied_gb(MIXTURE.weights, flags, 512, 512) / (0.85 * 31.51))

    def test_after_other_tokens_attention_takes_longer(self) -> None:
        deep, empty = waited(DENSE, card(), 100, depth=10000), waited(DENSE, card(), 100)
        more = 8 * 4 * 8 * 64 * 100 * 10000 / 1e12
        assert deep.seconds - empty.seconds == pytest.approx(more / 10)


def test_there_is_no_wait_without_arithmetic() -> None:
    assert first_token(DENSE, card(compute_tflops=None), 512) is None


def test_with_something_in_ram_there_is_none_without_a_bus_or_where_ram_computes() -> None:
    flags, ampere = Flags(cpu_moe_layers=3), card(chip_architecture="Ampere")
    assert first_token(MIXTURE, ampere, 512, flags=flags)
    assert first_token(MIXTURE, ampere, 512, workload=Workload(cache_in_ram=True)) is None
    assert first_token(MIXTURE, ampere, 512, flags=flags, workload=Workload(op_offload=False)) is None
    assert first_token(MIXTURE, card(chip_architecture="unheard of"), 512, flags=flags) is None
    assert first_token(MIXTURE, card(chip_architecture="unheard of"), 512, flags=Flags())


@given(
    counted=st.sampled_from(ALL),
    speed_class=st.sampled_from([*load_constants().prefill.classes, ""]),
    both=st.tuples(st.integers(1, 200_000), st.integers(1, 200_000)),
)
def test_a_longer_prompt_waits_longer(counted: Any, speed_class: str, both: tuple[int, int]) -> None:
    short, long = sorted(both)
    able = card(speed_class=speed_class)
    first, second = waited(counted, able, short), waited(counted, able, long + 1)
    assert first.seconds < second.seconds
    assert first.low <= first.seconds <= first.high
