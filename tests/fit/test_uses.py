"""Three uses of a model on a card: what becomes of each, to the byte, and how fast."""

from dataclasses import replace
from itertools import pairwise

import pytest

from fit import prefill, speed
from fit.advice import advised_bytes
from fit.candidates import Candidates
from fit.kv_cache import CacheType
from fit.specs import GpuSpec, QuantSpec
from fit.uses import AGENT, CHAT, CONTEXTS, DOCUMENT, RUNS, Outcome, Use, uses
from fit.verdict import LEAST_TOKENS_S, LEAST_WITH_RAM_TOKENS_S, Kind, Verdict, assess, fastest_offload
from tests.builders import gpu_spec
from tests.fit.pairs import DEEP, HEAVY, Q4_K_M, UNEVEN, accounting_of, candidates, taken

CARD = gpu_spec(speed_class="nvidia-gddr", vendor="NVIDIA", reported_mib=24000)
POOL = gpu_spec(speed_class="nvidia-gddr", unified_memory=True, reported_mib=24000)
LONG = {"native_context": 131072}
Q8 = CacheType.Q8_0


def verdict_of(asked: Candidates, available: int, quant: QuantSpec = Q4_K_M) -> Verdict:
    return Verdict(kind=Kind.ON_CARD, quant=quant, context=CHAT, available_bytes=available)


def outcomes(asked: Candidates, available: int, gpu: GpuSpec = CARD) -> list[Outcome]:
    return [use.outcome for use in uses(asked, verdict_of(asked, available), gpu)]


def test_the_three_are_8k_32k_and_128k() -> None:
    assert CONTEXTS == (CHAT, AGENT, DOCUMENT) == (8192, 32768, 131072)
    asked = candidates(DEEP, **LONG)
    shown = uses(asked, assess(asked, CARD), CARD)
    assert [use.context for use in shown] == [8192, 32768, 131072]
    assert [use.outcome for use in shown] == [Outcome.RUNS] * 3


@pytest.mark.parametrize(
    ("native", "contexts", "beyond"),
    [
        (2048, [2048, 2048, 2048], [False, True, True]),
        (8192, [8192, 8192, 8192], [False, True, True]),
        (16384, [8192, 16384, 16384], [False, False, True]),
        (32768, [8192, 32768, 32768], [False, False, True]),
        (65536, [8192, 32768, 65536], [False, False, False]),
        (10**6, [8192, 32768, 131072], [False, False, False]),
    ],
)
def test_a_model_of_a_shorter_context_is_used_with_all_of_it_once(
    native: int, contexts: list[int], beyond: list[bool]
) -> None:
    asked = candidates(DEEP, native_context=native)
    shown = uses(asked, assess(asked, CARD), CARD)
    assert [use.context for use in shown] == contexts
    assert [use.outcome is Outcome.BEYOND for use in shown] == beyond


def test_a_context_that_rope_scaling_reaches_is_used_but_not_to_chat() -> None:
    asked = candidates(DEEP, native_context=4096, extended_context=32768)
    shown = uses(asked, assess(asked, CARD), CARD)
    assert [(use.context, use.outcome is Outcome.BEYOND) for use in shown] == [
        (4096, False),
        (32768, False),
        (32768, True),
    ]


def test_what_fits_turns_at_one_byte_on_memory_of_the_system_s_own() -> None:
    asked = candidates(DEEP, **LONG)
    for place, context in enumerate(CONTEXTS):
        full, quantized = taken(asked, Q4_K_M, context), taken(asked, Q4_K_M, context, Q8)
        tight = replace(POOL, reported_mib=1)
        for available, outcome in (
            (full, Outcome.RUNS),
            (full - 1, Outcome.QUANTIZED),
            (quantized, Outcome.QUANTIZED),
            (quantized - 1, Outcome.DOES_NOT_FIT),
        ):
            assert outcomes(asked, available, tight)[place] is outcome


def test_what_is_kept_free_makes_it_tight() -> None:
    asked = candidates(DEEP, **LONG)
    full = taken(asked, Q4_K_M, AGENT)
    assert outcomes(asked, full, CARD)[1] is Outcome.RUNS
    assert full < advised_bytes(CARD)
    assert outcomes(asked, full - 1, CARD)[1] is Outcome.TIGHT, "it fits what the card offers"


def test_without_a_quantized_cache_it_does_not_fit_sooner() -> None:
    asked = candidates(UNEVEN, **LONG)
    full = taken(asked, Q4_K_M, CHAT)
    assert outcomes(asked, full - 1, replace(POOL, reported_mib=1))[0] is Outcome.DOES_NOT_FIT


def _with_ram(asked: Candidates, available: int, gpu: GpuSpec) -> Use:
    return uses(asked, verdict_of(asked, available), gpu)[0]


def test_the_rest_lies_in_ram_where_that_is_quick_enough() -> None:
    asked, tight = candidates(HEAVY, **LONG), replace(CARD, reported_mib=1)
    available = taken(asked, Q4_K_M, CHAT, Q8) - 1
    use = _with_ram(asked, available, tight)
    faster = fastest_offload(asked, Q4_K_M, tight, available, CHAT)
    assert faster
    assert (use.offload, use.speed) == faster
    assert (use.outcome, use.takes_bytes) == (Outcome.WITH_RAM, taken(asked, Q4_K_M, CHAT))
    assert _with_ram(asked, available, replace(POOL, reported_mib=1)).outcome is Outcome.DOES_NOT_FIT


def test_too_slow_is_below_the_same_paces_as_in_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, tight = candidates(HEAVY, **LONG), replace(CARD, reported_mib=1)
    short = taken(asked, Q4_K_M, CHAT, Q8) - 1
    real = speed.decode(accounting_of(asked, Q4_K_M), CARD, CHAT)
    for available, least, runs in (
        (10**12, LEAST_TOKENS_S, Outcome.RUNS),
        (short, LEAST_WITH_RAM_TOKENS_S, Outcome.WITH_RAM),
    ):
        for pace, outcome in ((least, runs), (least - 0.001, Outcome.TOO_SLOW)):
            paced = real._replace(tokens_s=pace)
            monkeypatch.setattr(speed, "decode", lambda *_, paced=paced, **__: paced)
            monkeypatch.setattr(speed, "decode_offloaded", lambda *_, paced=paced, **__: paced)
            assert outcomes(asked, available, tight)[0] is outcome


def test_more_ram_than_the_largest_computer_has_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, tight = candidates(HEAVY, **LONG), replace(CARD, reported_mib=1)
    available = taken(asked, Q4_K_M, CHAT, Q8) - 1
    asked_for: list[int] = []
    monkeypatch.setattr("fit.uses.computer_gib", lambda size: asked_for.append(size))
    use = _with_ram(asked, available, tight)
    assert use.offload
    assert (use.outcome, asked_for[0]) == (Outcome.TOO_MUCH_RAM, use.offload.ram_bytes)


def test_speeds_and_waits_are_those_of_the_context_and_its_cache() -> None:
    asked = candidates(DEEP, **LONG)
    accounting = accounting_of(asked, Q4_K_M)
    available = taken(asked, Q4_K_M, AGENT)
    chat, agent, document = uses(asked, verdict_of(asked, available), replace(CARD, reported_mib=1))
    for use in (chat, agent):
        assert use.speed == speed.decode(accounting, CARD, use.context)
        assert use.wait == prefill.first_token(accounting, CARD, use.context)
        assert use.takes_bytes == accounting.total(use.context)
    assert chat.speed
    assert agent.speed
    assert chat.speed.tokens_s > agent.speed.tokens_s
    assert document.outcome not in (Outcome.RUNS, Outcome.TIGHT)


def test_without_tensors_there_are_none() -> None:
    asked = candidates(DEEP, parameters=8 * 10**9, native_context=None)
    assert uses(asked, assess(asked, CARD), CARD) == ()


def test_what_runs_is_four_of_the_outcomes() -> None:
    assert {Outcome.RUNS, Outcome.TIGHT, Outcome.QUANTIZED, Outcome.WITH_RAM} == RUNS


def test_a_longer_use_takes_more() -> None:
    asked = candidates(DEEP, **LONG)
    for available in (10**7, 10**8, 10**9, 10**10):
        shown = uses(asked, verdict_of(asked, available), replace(POOL, reported_mib=1))
        f16 = [use.takes_bytes for use in shown if use.outcome is not Outcome.QUANTIZED]
        assert all(before < after for before, after in pairwise(f16))


def test_where_the_answer_has_a_part_in_ram_so_has_its_use_though_a_quantized_cache_would_fit() -> None:
    asked, tight = candidates(HEAVY), replace(CARD, reported_mib=1)
    available = taken(asked, Q4_K_M, CHAT, CacheType.Q8_0)
    faster = fastest_offload(asked, Q4_K_M, tight, available, CHAT)
    assert faster
    alone = replace(verdict_of(asked, available), context=CHAT, offload=None)
    with_ram = replace(alone, offload=faster[0], speed=faster[1])
    first, second = (uses(asked, of, tight)[0] for of in (with_ram, alone))
    assert (first.outcome, first.speed) == (Outcome.WITH_RAM, faster[1])
    assert second.outcome is Outcome.QUANTIZED
