"""What the page of a pair says in sentences, all from the figures of its own table."""

from typing import NamedTuple

from fit.assessment import QuantFit, Verdict
from fitpages import addresses
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.site import Link
from fitpages.text import figures, wording


class Prose(NamedTuple):
    """The sentences of the page, section by section. `answer` is the part of the verdict that stands out."""

    fits: bool
    answer: str
    verdict: str
    opening: str
    description: str
    reason_heading: str
    reason: tuple[str, ...]
    want: str
    want_link: Link | None
    questions: tuple[tuple[str, str], ...]


def prose(assessed: AssessedPair) -> Prose:
    """All sentences of the page."""
    answer, verdict = _verdict(assessed)
    fits = assessed.best is not None
    want, want_link = _want(assessed)
    return Prose(
        fits=fits,
        answer=answer,
        verdict=verdict,
        opening=_opening(assessed),
        description=_description(assessed),
        reason_heading="How it runs" if fits else "Why it does not fit",
        reason=_how_it_runs(assessed) if fits else _why_not(assessed),
        want=want,
        want_link=want_link,
        questions=(_can_it(assessed), assessed.about_model.question),
    )


def _verdict(assessed: AssessedPair) -> tuple[str, str]:
    need, usable = assessed.need_against_usable
    if assessed.best is None:
        return "No", _no(assessed)
    answer = "Only at" if assessed.assessment.verdict is Verdict.FITS_LOW else "Yes, at"
    speed = _speed(assessed, assessed.best)
    if assessed.best.exact:
        longest = figures.tokens(assessed.best.exact.longest_context)
        return f"{answer} {assessed.shown_name}", f", with up to {longest} tokens of context{speed}."
    return f"{answer} {assessed.shown_name}", f", which needs {need} of the {usable} usable{speed}."


def _no(assessed: AssessedPair) -> str:
    """The rest of the verdict where nothing worth recommending fits, and what fits below that."""
    need, usable = assessed.need_against_usable
    needs = f"needs {need}{_at_context(assessed)}"
    offers = f"{assessed.card} offers {usable}" if assessed.is_counted else f"{usable} of {assessed.card} is usable"
    lower = assessed.assessment.best_lower
    if lower is None or lower.exact is None:
        return f", not even at {assessed.shown_name}, which {needs}: {offers}."
    longest = figures.tokens(lower.exact.longest_context)
    return (
        f", not at {assessed.or_above}: {assessed.shown_name} {needs}, and {offers}. Below the levels worth "
        f"recommending, {assessed.name(lower)} fits with {longest} tokens."
    )


def _at_context(assessed: AssessedPair) -> str:
    """Where the accounting alone says that it does not fit: the context at which it does not."""
    exact = assessed.shown.exact
    if exact is None or not assessed.by_accounting:
        return ""
    return f" with {figures.tokens(exact.accounting.reference_context)} tokens of context"


def _speed(assessed: AssessedPair, fit: QuantFit) -> str:
    """The speed to expect, or else the ceiling, as the end of a sentence."""
    estimate = assessed.speeds.get(fit.quant.slug)
    if estimate:
        return f", at about {figures.expected(estimate.tokens_s)} tokens per second"
    if fit.ceiling_tokens_s is None:
        return ""
    return f", at {_at_most(fit)}"


def _at_most(fit: QuantFit) -> str:
    """The ceiling as a clause: "130 tokens per second at most"."""
    assert fit.ceiling_tokens_s is not None
    text = figures.ceiling_in_prose(fit.ceiling_tokens_s)
    bound = "" if fit.ceiling_tokens_s < 1 or fit.ceiling_tokens_s > 1000 else " at most"
    return f"{text} {'token' if text == '1' else 'tokens'} per second{bound}"


def _opening(assessed: AssessedPair) -> str:
    below = "Below: what each quantization needs, whether it fits, how fast it can get"
    what = "what else would run it" if assessed.best else "what would run it"
    return f"{assessed.about_model.opening}; {assessed.about_gpu.opening} {below}, and {what}."


def _description(assessed: AssessedPair) -> str:
    """Under the title in a list of search results: the answer and its figures."""
    need, usable = assessed.need_against_usable
    pair = f"{assessed.about_model.name} on {assessed.card}"
    if assessed.best is None:
        smallest = f"{assessed.shown_name}{_smallest(assessed)} needs {need} and {usable} is {assessed.left}."
        return f"{pair}: no. {smallest} What would run it."
    only = "only at" if assessed.assessment.verdict is Verdict.FITS_LOW else "yes, at"
    exact = assessed.best.exact
    takes = f"It takes {need} of {usable}"
    context = f" and leaves up to {figures.tokens(exact.longest_context)} tokens of context" if exact else ""
    return f"{pair}: {only} {assessed.shown_name}. {takes}{context}{_speed(assessed, assessed.best)}."


def _why_not(assessed: AssessedPair) -> tuple[str, ...]:
    need, usable = assessed.need_against_usable
    size = figures.parameters(assessed.model.spec.parameters)
    return (
        f"{size} parameters take {need} even at {assessed.shown_name}{_smallest(assessed)} against {usable} "
        f"{assessed.left} on {assessed.card}.",
        *_offload(assessed),
    )


def _smallest(assessed: AssessedPair) -> str:
    """What the level is that does not fit either, put in after its name."""
    if assessed.is_native:
        return ", the level that it was made in,"
    return ", the smallest level worth recommending," if assessed.shown.quant.worth_recommending else ""


def _offload(assessed: AssessedPair) -> tuple[str, ...]:
    """What it costs to leave a part in RAM; where the memory is the system's own there is no other RAM."""
    if assessed.gpu.spec.unified_memory:
        return ()
    return (
        "Part of the layers can stay in system RAM and run on the CPU (offload). It works, but every token then waits "
        "for that part to be read from RAM, whose bandwidth is a fraction of a card's, and generation slows down to "
        "RAM's pace.",
    )


def _how_it_runs(assessed: AssessedPair) -> tuple[str, ...]:
    best = assessed.shown
    need, usable = assessed.need_against_usable
    quality = assessed.quants[best.quant.slug].quality
    exactly = ""
    if best.exact:
        context = figures.tokens(best.exact.accounting.reference_context)
        exactly = f" Exactly counted, it takes {need} with {context} tokens of context, of {usable} really offered."
    first = f"{_by_rule(assessed, best)}{quality}{exactly}"
    return (first, _no_ceiling(assessed) if best.ceiling_tokens_s is None else _what_bounds_it(assessed, best))


def _by_rule(assessed: AssessedPair, best: QuantFit) -> str:
    """What the rule of thumb says of it; nothing of a level that it does not know."""
    if best.quant.slug == assessed.default.slug and assessed.is_native:
        return f"{assessed.shown_name} is the level that it was made in. "
    if best.need_bytes is None:
        return f"{assessed.shown_name} is the best level worth recommending that fits; the rule has no figure for it. "
    need, usable = figures.memories_apart(best.need_bytes, assessed.assessment.usable_bytes)
    against = "against" if best.fits else "by the rule of thumb, more than the"
    return f"At {assessed.shown_name} it needs {need} {against} {usable} usable. "


def _no_ceiling(assessed: AssessedPair) -> str:
    if assessed.model.spec.parameters_per_token is None:
        return "Its active parameters are not published, so no speed can be derived."
    return (
        "Memory bandwidth sets the ceiling. The rule of thumb has no bytes per weight for this level, so it names "
        "none; the speed to expect is counted from the bytes that a token reads."
    )


def _what_bounds_it(assessed: AssessedPair, best: QuantFit) -> str:
    """The ceiling that bandwidth sets, and that a small model stays far below it."""
    read = "the active weights are" if assessed.model.spec.mixture_of_experts else "every weight is"
    ceiling = (
        f"Memory bandwidth sets the ceiling: {read} read once for each token, and by the rule of thumb "
        f"{assessed.about_gpu.bandwidth} allows {_at_most(best)}."
    )
    estimate = assessed.speeds.get(best.quant.slug)
    if estimate and best.ceiling_tokens_s and estimate.tokens_s < best.ceiling_tokens_s / 2:
        return f"{ceiling} A token takes longer than that here: what each layer costs besides its reading weighs more."
    return ceiling


def _want(assessed: AssessedPair) -> tuple[str, Link | None]:
    """The card to want, where the default quantization does not fit here: what is said before the link."""
    if assessed.default_fit.fits or assessed.default_fit.advised:
        return "", None
    need = figures.needed_in_prose(assessed.default_fit.need_bytes, assessed.default_fit.size_bytes)
    which = "the level that it was made in" if assessed.is_native else "the quantization most people run"
    default = f"{assessed.default.name} ({need}), {which}"
    if assessed.wanted is None:
        return (
            f"No single card in common use holds {default}. It takes several cards, or a rented server with several; "
            "rent by the hour before you buy.",
            None,
        )
    address = addresses.pair(assessed.model.slug, assessed.wanted.slug)
    noun = "machine" if assessed.wanted.spec.unified_memory else "card"
    return (
        f"To run {default}, buy or rent by the hour the {noun} to want:",
        Link(wording.with_article(assessed.wanted.name), address),
    )


def _can_it(assessed: AssessedPair) -> tuple[str, str]:
    question = f"Can {assessed.card} run {assessed.model.name}?"
    nameplate = assessed.about_gpu.memory
    if assessed.best:
        return question, _yes(assessed, nameplate)
    need, usable = figures.needed(assessed.shown.need_bytes, assessed.shown.size_bytes), assessed.about_gpu.usable
    if assessed.by_accounting:
        need, usable = assessed.need_against_usable
    held = (
        f" {wording.sentence(wording.with_article(assessed.wanted.name))} holds it at {assessed.default.name}."
        if (assessed.wanted)
        else " No single card in common use holds it at " + assessed.default.name + "."
    )
    offers = (
        f"{assessed.card} really offers {usable}"
        if assessed.by_accounting
        else f"{usable} of its {nameplate} is usable"
    )
    needed = f"{assessed.shown_name} already needs {need}{_at_context(assessed)}"
    return question, f"No. {needed}, and {offers}.{held}"


def _yes(assessed: AssessedPair, nameplate: str) -> str:
    """Yes, or only, in one answer: by the rule where it agrees, and by the accounting where there is one."""
    best = assessed.shown
    only = "Only at" if assessed.assessment.verdict is Verdict.FITS_LOW else "Yes, at"
    answer = f"{only} {assessed.shown_name}"
    if best.fits and best.need_bytes is not None:
        usable = assessed.about_gpu.usable
        answer += f", which needs {figures.memory(best.need_bytes)} of the {usable} usable of its {nameplate}"
    answer += f"{_speed(assessed, best)}."
    if best.exact:
        need, offered = assessed.need_against_usable
        longest = figures.tokens(best.exact.longest_context)
        answer += f" Exactly counted, {need} of {offered}, with up to {longest} tokens of context."
    return answer
