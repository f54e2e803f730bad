"""What the pages of pairs say of a model on any GPU, and of a GPU with any model: worked out once for each."""

from dataclasses import dataclass

from catalog.snapshot import PublishedModel, Snapshot
from fit import rule_of_thumb
from fit.needs import Need
from fitpages import addresses
from fitpages.matching.fits import needs_of
from fitpages.matching.levels import default_of, levels
from fitpages.pages.common.record_facts import Facts, model_facts
from fitpages.pages.common.sources import Source, as_sources
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures, wording

# Weights above this share of what they take at the best quantization worth recommending are hardly smaller.
HARDLY_SMALLER = 0.9
NO_LEVER = (
    "So there is little to gain from going lower. What makes room is a shorter context, a quantized cache, or, beside "
    "a card with memory of its own, experts in RAM."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class AboutModel:
    """`size` is how many parameters it has, and `opening` says so; `lever` is what quantization changes."""

    name: str
    address: str
    size: str
    opening: str
    caption: str
    lever: tuple[str, str]
    question: tuple[str, str]
    facts: Facts
    sources: tuple[Source, ...]


@per_snapshot
def about_model(snapshot: Snapshot, model: PublishedModel) -> AboutModel:
    """The model's half of each of its pages; the snapshot has at least one quantization."""
    return AboutModel(
        name=model.name,
        address=addresses.model(model.slug),
        size=_size(model),
        opening=f"{model.name} has {figures.parameters(model.spec.parameters)} parameters{_active(model)}",
        caption=_caption(snapshot, model),
        lever=_lever(snapshot, model),
        question=_how_much(snapshot, model),
        facts=model_facts(model),
        sources=as_sources(model.sources),
    )


def _caption(snapshot: Snapshot, model: PublishedModel) -> str:
    """Over the founding table: what each of its two figures of memory is."""
    accounting = next((need.accounting for need in needs_of(snapshot, model) if need.accounting), None)
    of_rule = f"Memory that {model.name} needs at each quantization, by the rule of thumb"
    if accounting is None:
        return of_rule
    return f"{of_rule} and as counted with {figures.tokens(accounting.reference_context)} tokens of context"


def _size(model: PublishedModel) -> str:
    size = figures.parameters(model.spec.parameters)
    active = model.spec.active_parameters
    return f"{size}, {figures.parameters(active)} active" if active else size


def _active(model: PublishedModel) -> str:
    if not model.spec.mixture_of_experts:
        return ""
    if model.spec.active_parameters is None:
        return ", as a mixture of experts whose active part is not published"
    active = figures.parameters(model.spec.active_parameters)
    return f", of which a token uses {active} (a mixture of experts)"


def _lever(snapshot: Snapshot, model: PublishedModel) -> tuple[str, str]:
    needed = needs_of(snapshot, model)
    top, default, lowest = needed[0], _default(snapshot, model), needed[-1]
    if default.rule_bytes is None or top.rule_bytes is None:
        return _native(snapshot, model, default)
    reduction = figures.percent(1 - default.rule_bytes / top.rule_bytes)
    default_name = snapshot.quant_of[default.quant.slug].name
    above = next((need for need in needed if need.quant.worth_recommending), top)
    if above.quant.slug != default.quant.slug and _hardly_shrinks(above, default):
        return _no_lever(snapshot, model, above, default)
    first = (
        f"At {_short_name(snapshot, top)} {model.name} needs {figures.memory_in_prose(top.rule_bytes)}; at "
        f"{default_name} {figures.memory_in_prose(default.rule_bytes)}, a {reduction} reduction. No other setting "
        "changes as much."
    )
    second = (
        "Go higher when memory is left over once the context you want is in: code, mathematics and small models gain "
        f"most. Go lower, to {snapshot.quant_of[lowest.quant.slug].name}, only when nothing else fits; a smaller model "
        f"at {default_name} is often the better trade."
    )
    return (first, second)


def _native(snapshot: Snapshot, model: PublishedModel, default: Need) -> tuple[str, str]:
    assert default.accounting
    name = _short_name(snapshot, default)
    first = (
        f"Not for {model.name}: its experts were made in four bits, and {name} keeps them as they are. Its weights "
        f"take {figures.counted(default.accounting.weights_bytes)}; {_others(snapshot, model)}"
    )
    return (first, NO_LEVER)


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


def _no_lever(snapshot: Snapshot, model: PublishedModel, above: Need, default: Need) -> tuple[str, str]:
    assert above.accounting
    assert default.accounting
    default_name = snapshot.quant_of[default.quant.slug].name
    first = (
        f"Not for {model.name}: from {_short_name(snapshot, above)} down, most of its weights keep the size that they "
        f"were made in. They take {figures.counted(above.accounting.weights_bytes)} at {_short_name(snapshot, above)} "
        f"and {figures.counted(default.accounting.weights_bytes)} at {default_name}, where the rule of thumb expects "
        f"{_by_rule(above)} and {_by_rule(default)}."
    )
    return (first, NO_LEVER)


def _by_rule(need: Need) -> str:
    return figures.NOT_SHOWN if need.rule_bytes is None else figures.memory_in_prose(need.rule_bytes)


def _how_much(snapshot: Snapshot, model: PublishedModel) -> tuple[str, str]:
    needed, default = needs_of(snapshot, model), _default(snapshot, model)
    chosen = {needed[0].quant.slug, default.quant.slug, needed[-1].quant.slug}
    amounts = [
        f"{figures.memory(need.rule_bytes)} at {_short_name(snapshot, need)}"
        for need in needed
        if need.quant.slug in chosen and need.rule_bytes is not None
    ]
    overhead = figures.percent(rule_of_thumb.OVERHEAD - 1)
    by_rule = (
        f"{wording.listed(amounts)}, by the rule of thumb: parameters × bytes per weight, plus {overhead} for KV cache "
        "and runtime."
    )
    exactly = _exactly(snapshot, default)
    answer = f"{by_rule}{exactly}" if default.rule_bytes is not None else exactly.lstrip()
    return (f"How much VRAM does {model.name} need?", answer)


def _exactly(snapshot: Snapshot, need: Need) -> str:
    if need.accounting is None:
        return ""
    context = figures.tokens(need.accounting.reference_context)
    size = figures.counted(need.accounting.reference_bytes)
    return f" Exactly counted, it takes {size} at {_short_name(snapshot, need)} with {context} tokens of context."


def _default(snapshot: Snapshot, model: PublishedModel) -> Need:
    slug = default_of(snapshot, model).slug
    return next(need for need in needs_of(snapshot, model) if need.quant.slug == slug)


def _short_name(snapshot: Snapshot, need: Need) -> str:
    return snapshot.quant_of[need.quant.slug].short_name
