"""What the pages of pairs say of a model on any GPU, and of a GPU with any model: worked out once for each."""

from dataclasses import dataclass
from typing import NamedTuple

from catalog.snapshot import PublishedModel, Snapshot
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.needs import Need
from fitpages.matching.fits import needs_of
from fitpages.matching.levels import default_of, levels
from fitpages.pages.common.sources import Source, as_sources
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures, wording

# Weights above this share of what they take at the best quantization worth recommending are hardly smaller.
HARDLY_SMALLER = 0.9
NO_LEVER = (
    "So there is little to gain from going lower. What makes room is a shorter context, a quantized cache, or, beside "
    "a card with memory of its own, experts in RAM."
)


class Lever(NamedTuple):
    """What quantization changes."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class AboutModel:
    """`is_native`: its weights ship in four bits. `question` is how much memory it needs, with the answer."""

    name: str
    size_and_context: str
    is_native: bool
    lever: Lever
    question: tuple[str, str]
    sources: tuple[Source, ...]


@per_snapshot
def about_model(snapshot: Snapshot, model: PublishedModel) -> AboutModel:
    """The model's half of each of its pages; the snapshot has at least one quantization."""
    return AboutModel(
        name=model.name,
        size_and_context=_size_and_context(model),
        is_native=_default(snapshot, model).rule_bytes is None,
        lever=_lever(snapshot, model),
        question=_how_much(snapshot, model),
        sources=as_sources(model.sources),
    )


def _size_and_context(model: PublishedModel) -> str:
    size = f"{figures.parameters(model.spec.parameters)} parameters"
    if model.spec.mixture_of_experts:
        active = model.spec.active_parameters
        size += f", {figures.parameters(active)} active" if active else ", active part not published"
    context = figures.tokens(model.native_context) if model.native_context else ""
    return f"{size}, {context} context" if context else size


def _lever(snapshot: Snapshot, model: PublishedModel) -> Lever:
    needed = needs_of(snapshot, model)
    top, default, lowest = needed[0], _default(snapshot, model), needed[-1]
    if default.rule_bytes is None or top.rule_bytes is None:
        return _native(snapshot, model, default)
    above = next((need for need in needed if need.quant.worth_recommending), top)
    if above.quant.slug != default.quant.slug and _hardly_shrinks(above, default):
        return _no_lever(snapshot, model, above, default)
    reduction = figures.percent(1 - default.rule_bytes / top.rule_bytes)
    default_name = snapshot.quant_of[default.quant.slug].name
    text = (
        f"Quantization: by the rule of thumb {figures.memory_in_prose(top.rule_bytes)} at {_short_name(snapshot, top)} "
        f"become {figures.memory_in_prose(default.rule_bytes)} at {default_name}, a {reduction} reduction. Below "
        f"{snapshot.quant_of[lowest.quant.slug].name} a smaller model at {default_name} is often the better trade."
    )
    return Lever("The lever", (text,))


def _native(snapshot: Snapshot, model: PublishedModel, default: Need) -> Lever:
    assert default.accounting
    name = _short_name(snapshot, default)
    first = (
        f"The experts of {model.name} were made in four bits, and {name} keeps them as they are. Its weights "
        f"take {figures.counted(default.accounting.weights_bytes)}; {_others(snapshot, model)}"
    )
    return Lever("Quantization is not the lever", (first, NO_LEVER))


def _others(snapshot: Snapshot, model: PublishedModel) -> str:
    """Why no other level is better; most of these models have files at none."""
    of_model = levels(snapshot, model)
    if len(of_model.made) > 1 or of_model.folded:
        return "what files there are at other levels hold the same experts, so none is better, and none much smaller."
    return "files at other levels would hold the same experts and be hardly better or smaller, so none are made."


def _hardly_shrinks(above: Need, default: Need) -> bool:
    """Whether most weights keep the size that they were made in, as those made at four bits do."""
    if above.accounting is None or default.accounting is None:
        return False
    return default.accounting.weights_bytes > HARDLY_SMALLER * above.accounting.weights_bytes


def _no_lever(snapshot: Snapshot, model: PublishedModel, above: Need, default: Need) -> Lever:
    assert above.accounting
    assert default.accounting
    default_name = snapshot.quant_of[default.quant.slug].name
    first = (
        f"From {_short_name(snapshot, above)} down, most of its weights keep the size that they "
        f"were made in. They take {figures.counted(above.accounting.weights_bytes)} at {_short_name(snapshot, above)} "
        f"and {figures.counted(default.accounting.weights_bytes)} at {default_name}, where the rule of thumb expects "
        f"{_by_rule(above)} and {_by_rule(default)}."
    )
    return Lever("Quantization is not the lever", (first, NO_LEVER))


def _by_rule(need: Need) -> str:
    return figures.NOT_SHOWN if need.rule_bytes is None else figures.memory_in_prose(need.rule_bytes)


def _how_much(snapshot: Snapshot, model: PublishedModel) -> tuple[str, str]:
    question, default = f"How much memory does {model.name} need?", _default(snapshot, model)
    counted = [need for need in needs_of(snapshot, model) if need.accounting]
    if not counted:
        need = figures.memory(default.rule_bytes or 0)
        return (
            question,
            f"{need} at {_short_name(snapshot, default)} by the rule of thumb.",
        )
    shown = [need for need in counted if need in (counted[0], default, counted[-1])]
    amounts = [f"{figures.counted(need.exact_bytes or 0)} at {_short_name(snapshot, need)}" for need in shown]
    accounting = default.accounting or counted[-1].accounting
    assert accounting
    context = accounting.reference_context
    return question, f"With {figures.tokens(context)} of context {wording.listed(amounts)}.{_further(accounting)}"


def _further(accounting: Accounting) -> str:
    """What each further 8K of context adds."""
    context = accounting.reference_context
    if 2 * context > accounting.context_limit:
        return ""
    more = accounting.total(2 * context) - accounting.total(context)
    quantized = ", about half of that with a q8_0 cache" if CacheType.Q8_0 in accounting.cache_types else ""
    return f" Each further {figures.tokens(context)} takes {figures.counted(more)}{quantized}."


def _default(snapshot: Snapshot, model: PublishedModel) -> Need:
    slug = default_of(snapshot, model).slug
    return next(need for need in needs_of(snapshot, model) if need.quant.slug == slug)


def _short_name(snapshot: Snapshot, need: Need) -> str:
    return snapshot.quant_of[need.quant.slug].short_name
