"""The worked example of the methodology: the rule of thumb for one pair, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fitpages.matching import examples
from fitpages.matching.answers import answer
from fitpages.matching.machines import wanted_card
from fitpages.pages.common.answer_words import short_line
from fitpages.site import Link
from fitpages.text import figures, wording


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """One line of the worked example."""

    step: str
    calculation: str
    result: str


@dataclass(frozen=True, kw_only=True)
class Example:
    """A pair worked through, and the card to want where this one does not hold the model; `pairs` lead to their pages
    with the answer that is counted there."""

    model: str
    a_gpu: str
    lines: tuple[Calculation, ...]
    pairs: tuple[Link, ...]


def worked_example(snapshot: Snapshot) -> Example | None:
    """None while there is no dense model or no card."""
    model = examples.dense_model(snapshot, "qwen2-5-72b", 72 * 10**9)
    gpu = examples.card(snapshot, "l4", 24)
    if model is None or gpu is None:
        return None
    wanted = wanted_card(snapshot, model)
    holds_it = rule_of_thumb.fits(model.spec, snapshot.default_quant.spec, gpu.spec)
    cards = [gpu] if holds_it or wanted is None else [gpu, wanted]
    return Example(
        model=model.name,
        a_gpu=wording.with_article(gpu.name),
        lines=tuple(_lines(snapshot, model, cards)),
        pairs=tuple(_page(snapshot, model, card) for card in cards),
    )


def _page(snapshot: Snapshot, model: PublishedModel, card: PublishedGpu) -> Link:
    of_pair = answer(snapshot, model, card)
    return Link(f"{model.name} on {card.name}", of_pair.address, short_line(of_pair))


def _lines(snapshot: Snapshot, model: PublishedModel, cards: Sequence[PublishedGpu]) -> Iterator[Calculation]:
    """The model on the first card, at the smallest quantization too, then on the others; last, how fast it can be."""
    default = snapshot.default_quant
    smallest = min(snapshot.quants, key=lambda quant: quant.spec.rule_bytes_per_weight)
    gpu, *others = cards
    yield from (_need(model, default), _usable(gpu), _verdict(model, default, gpu))
    if smallest.slug != default.slug:
        yield from (_need(model, smallest), _verdict(model, smallest, gpu))
    for card in others:
        yield from (_usable(card), _verdict(model, default, card))
    for card in cards:
        if rule_of_thumb.fits(model.spec, default.spec, card.spec):
            yield _ceiling(model, default, card)


def _need(model: PublishedModel, quant: PublishedQuant) -> Calculation:
    per_weight = figures.bytes_per_weight(quant.spec.rule_bytes_per_weight)
    return Calculation(
        step=f"Need at {quant.short_name}",
        calculation=f"{model.spec.parameters:,} × {per_weight} × {rule_of_thumb.OVERHEAD} bytes",
        result=figures.memory(rule_of_thumb.need_bytes(model.spec, quant.spec)),
    )


def _usable(gpu: PublishedGpu) -> Calculation:
    share = _plain(rule_of_thumb.usable_share(gpu.spec))
    return Calculation(
        step=f"Usable on {wording.with_article(gpu.name)}",
        calculation=f"{share} × {figures.gigabytes(gpu.spec.nameplate_gb)}",
        result=figures.memory(rule_of_thumb.usable_bytes(gpu.spec)),
    )


def _verdict(model: PublishedModel, quant: PublishedQuant, gpu: PublishedGpu) -> Calculation:
    need, usable = rule_of_thumb.need_bytes(model.spec, quant.spec), rule_of_thumb.usable_bytes(gpu.spec)
    fits = rule_of_thumb.fits(model.spec, quant.spec, gpu.spec)
    need_text, usable_text = _apart(need, usable)
    return Calculation(
        step=f"{quant.short_name} on {wording.with_article(gpu.name)}",
        calculation=f"{need_text} {'≤' if fits else '>'} {usable_text}",
        result="fits" if fits else "does not fit",
    )


def _apart(need: Decimal, usable: Decimal) -> tuple[str, str]:
    """Both as tables print them, unless that hides which is larger."""
    pair = figures.memory(need), figures.memory(usable)
    return figures.memories_apart(need, usable) if pair[0] == pair[1] else pair


def _ceiling(model: PublishedModel, quant: PublishedQuant, gpu: PublishedGpu) -> Calculation:
    tokens_s = rule_of_thumb.ceiling_tokens_s(model.spec, quant.spec, gpu.spec)
    read, per_weight = model.spec.parameters_per_token, figures.bytes_per_weight(quant.spec.rule_bytes_per_weight)
    bandwidth = figures.bandwidth(gpu.spec.bandwidth_gb_s)
    return Calculation(
        step=f"Ceiling on {wording.with_article(gpu.name)}",
        calculation=f"{rule_of_thumb.BANDWIDTH_SHARE} × {bandwidth} ÷ ({read:,} × {per_weight} bytes)",
        result=f"{figures.ceiling(tokens_s)} tokens/sec",
    )


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
