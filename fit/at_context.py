"""A model with a context that somebody chose, where `fit.verdict` says how much of it there is.

Only levels from the best worth recommending down to the default are spoken of, with an f16 cache. Contexts are in
tokens, speeds in tokens per second of one stream.
"""

from collections.abc import Iterator

from fit import placement, speed
from fit.advice import advised_bytes
from fit.candidates import Candidates
from fit.memory import Accounting
from fit.specs import GpuSpec
from fit.verdict import LEAST_TOKENS_S, Asked, Kind, Verdict


def on_cards(candidates: Candidates, gpu: GpuSpec, context: int, cards: int = 1) -> Iterator[Verdict]:
    """On one card, or on equal ones as llama.cpp splits layers between them, at each level that they hold with this
    context and not too slow: the best first."""
    available_bytes = advised_bytes(gpu)
    for quant in candidates.down_to_default:
        accounting = candidates.need(quant).accounting
        if accounting is None or not _holds(accounting, [available_bytes] * cards, context):
            continue
        estimate = speed.decode(accounting, gpu, context, cards=cards)
        if estimate.tokens_s >= LEAST_TOKENS_S:
            yield Verdict(
                kind=Kind.ON_CARD,
                quant=quant,
                context=context,
                takes_bytes=accounting.total(context),
                available_bytes=available_bytes * cards,
                speed=estimate,
            )


def _holds(accounting: Accounting, offers: list[int], context: int) -> bool:
    if context > accounting.context_limit:
        return False
    if len(offers) == 1:
        return accounting.total(context) <= offers[0]
    return placement.holds(accounting, offers, context)


def with_ram(candidates: Candidates, gpu: GpuSpec, context: int) -> Verdict | None:
    """At the default with a part in RAM; None where that is no way, or too slow."""
    default = candidates.default
    if default.accounting is None or context > default.accounting.context_limit:
        return None
    answers = Asked(candidates, gpu, advised_bytes(gpu)).with_ram(default.quant, context)
    return next((answer for answer in answers if answer.kind is Kind.WITH_RAM), None)
