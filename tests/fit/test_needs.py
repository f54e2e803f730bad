"""What a model needs at each quantization."""

from dataclasses import replace
from decimal import Decimal

import pytest

from fit import rule_of_thumb, verdict
from fit.assessment import assess, assess_needs, best_of, best_quant
from fit.needs import account, needs, sized
from fit.specs import GpuSpec
from tests.builders import DEFAULT, QUANTS, gpu_spec, model_spec
from tests.fit.architectures import architecture

ARCHITECTURE = architecture()
EXACT = model_spec(architecture=ARCHITECTURE, native_context=8192)
MIXED = tuple(replace(quant, mix="Q4_K_M" if quant is DEFAULT else "") for quant in QUANTS)


def test_needs_come_in_the_order_of_their_quantizations() -> None:
    model_needs = needs(EXACT, MIXED)
    assert [need.quant for need in model_needs] == list(MIXED)
    assert [need.rule_bytes for need in model_needs] == [rule_of_thumb.need_bytes(EXACT, quant) for quant in MIXED]
    assert [need.accounting for need in model_needs] == [account(EXACT, quant) for quant in MIXED]


def test_a_published_file_counts_for_its_quantization() -> None:
    model_needs = needs(EXACT, MIXED, {"q4-k-m": 5_000_000_000, "q8-0": 1})
    assert [need.accounting for need in model_needs] == [
        account(EXACT, q, {"q4-k-m": 5_000_000_000}.get(q.slug)) for q in MIXED
    ]


def _card(monkeypatch: pytest.MonkeyPatch, usable_bytes: Decimal, offered_bytes: int) -> GpuSpec:
    """A card of which the rule and the accounting think differently."""
    gpu = gpu_spec()
    monkeypatch.setattr(rule_of_thumb, "usable_bytes", lambda _: usable_bytes)
    monkeypatch.setattr(verdict, "offer", lambda gpu: gpu.offer._replace(total_bytes=offered_bytes))
    return gpu


def test_where_there_is_an_accounting_it_decides_and_elsewhere_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    by_rule, exact = needs(model_spec(), [DEFAULT])[0], needs(EXACT, [MIXED[4]])[0]
    assert exact.accounting
    assert by_rule.exact_bytes is None
    assert exact.exact_bytes == exact.accounting.reference_bytes
    for need, usable, offered, fits in (
        (by_rule, by_rule.rule_bytes, 0, True),
        (by_rule, by_rule.rule_bytes - 1, 10**15, False),
        (exact, Decimal(1), exact.exact_bytes, True),
        (exact, Decimal(10**15), exact.exact_bytes - 1, False),
    ):
        assert (best_of([need], _card(monkeypatch, usable, offered)) is need.quant) is fits


def test_a_need_of_which_only_the_bytes_are_kept_says_whether_it_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    need = sized(DEFAULT, 5 * 10**9)
    assert best_of([need], _card(monkeypatch, Decimal(1), 5 * 10**9)) is DEFAULT
    assert best_of([need], _card(monkeypatch, Decimal(10**15), 5 * 10**9 - 1)) is None


@pytest.mark.parametrize("memory_gb", [1, 4, 6, 8, 12, 16, 24])
def test_known_needs_say_the_same_as_asking_anew(memory_gb: int) -> None:
    gpu = gpu_spec(nameplate_gb=Decimal(memory_gb))
    model_needs = needs(EXACT, MIXED)
    assert best_of(model_needs, gpu) is best_quant(EXACT, gpu, MIXED)
    assessed, from_needs = assess(EXACT, gpu, MIXED, DEFAULT), assess_needs(EXACT, gpu, model_needs, DEFAULT)
    assert (assessed.quants, assessed.verdict) != ((), None)
    assert [row.need_bytes for row in from_needs.quants] == [row.need_bytes for row in assessed.quants]
    assert (from_needs.verdict, from_needs.best and from_needs.best.quant) == (
        assessed.verdict,
        assessed.best and assessed.best.quant,
    )
