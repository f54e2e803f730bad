"""What a model needs at each quantization."""

from dataclasses import replace

from fit import rule_of_thumb
from fit.needs import account, needs
from tests.builders import DEFAULT, QUANTS, model_spec
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
