"""What the page of a pair says in sentences, all from the figures of its own table."""

from typing import NamedTuple

from fit.verdict import QuantFit, Verdict
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


def prose(facts: AssessedPair) -> Prose:
    """All sentences of the page."""
    answer, verdict = _verdict(facts)
    fits = facts.best is not None
    want, want_link = _want(facts)
    return Prose(
        fits=fits,
        answer=answer,
        verdict=verdict,
        opening=_opening(facts),
        description=_description(facts),
        reason_heading="How it runs" if fits else "Why it does not fit",
        reason=_how_it_runs(facts) if fits else _why_not(facts),
        want=want,
        want_link=want_link,
        questions=(_can_it(facts), facts.about_model.question),
    )


def _verdict(facts: AssessedPair) -> tuple[str, str]:
    need, usable = facts.need_against_usable
    if facts.best is None:
        at = _at_context(facts)
        return "No", f", not even at {facts.shown_name}, which needs {need}{at}: {facts.card} offers {usable}."
    answer = "Only at" if facts.assessment.verdict is Verdict.FITS_LOW else "Yes, at"
    speed = _speed(facts, facts.best)
    if facts.best.exact:
        longest = figures.tokens(facts.best.exact.longest_context)
        return f"{answer} {facts.shown_name}", f", with up to {longest} tokens of context{speed}."
    return f"{answer} {facts.shown_name}", f", which needs {need} of the {usable} usable{speed}."


def _at_context(facts: AssessedPair) -> str:
    """Where a row fits by the rule and not exactly, the context it was asked for is said."""
    exact = facts.shown.exact
    if exact is None or not facts.shown.fits:
        return ""
    return f" with {figures.tokens(exact.accounting.reference_context)} tokens of context"


def _speed(facts: AssessedPair, row: QuantFit) -> str:
    """The speed to expect, or else the ceiling, as the end of a sentence."""
    estimate = facts.speeds.get(row.quant.slug)
    if estimate:
        return f", at about {figures.expected(estimate.tokens_s)} tokens per second"
    if row.ceiling_tokens_s is None:
        return ""
    return f", at {_at_most(row)}"


def _at_most(row: QuantFit) -> str:
    """The ceiling as a clause: "130 tokens per second at most"."""
    assert row.ceiling_tokens_s is not None
    text = figures.ceiling_in_prose(row.ceiling_tokens_s)
    bound = "" if row.ceiling_tokens_s < 1 or row.ceiling_tokens_s > 1000 else " at most"
    return f"{text} {'token' if text == '1' else 'tokens'} per second{bound}"


def _opening(facts: AssessedPair) -> str:
    below = "Below: what each quantization needs, whether it fits, how fast it can get"
    what = "what else would run it" if facts.best else "what would run it"
    return f"{facts.about_model.opening}; {facts.about_gpu.opening} {below}, and {what}."


def _description(facts: AssessedPair) -> str:
    """Under the title in a list of search results: the answer and its figures."""
    need, usable = facts.need_against_usable
    pair = f"{facts.about_model.name} on {facts.card}"
    if facts.best is None:
        return f"{pair}: no. {facts.shown_name}, the smallest, needs {need} and {usable} is usable. What would run it."
    only = "only at" if facts.assessment.verdict is Verdict.FITS_LOW else "yes, at"
    exact = facts.best.exact
    takes = f"It takes {need} of {usable}"
    context = f" and leaves up to {figures.tokens(exact.longest_context)} tokens of context" if exact else ""
    return f"{pair}: {only} {facts.shown_name}. {takes}{context}{_speed(facts, facts.best)}."


def _why_not(facts: AssessedPair) -> tuple[str, ...]:
    need, usable = facts.need_against_usable
    size = figures.parameters(facts.pair.model.spec.parameters)
    return (
        f"{size} parameters take {need} even at {facts.shown_name}, the smallest quantization here, against {usable} "
        f"usable on {facts.card}.",
        *_offload(facts),
    )


def _offload(facts: AssessedPair) -> tuple[str, ...]:
    """What it costs to leave a part in RAM; where the memory is the system's own there is no other RAM."""
    if facts.pair.gpu.spec.unified_memory:
        return ()
    return (
        "Part of the layers can stay in system RAM and run on the CPU (offload). It works, but every token then waits "
        "for that part to be read from RAM, whose bandwidth is a fraction of a card's, and generation slows down to "
        "RAM's pace.",
    )


def _how_it_runs(facts: AssessedPair) -> tuple[str, ...]:
    best = facts.shown
    need, usable = facts.need_against_usable
    quality = facts.quants[best.quant.slug].quality
    exactly = ""
    if best.exact:
        context = figures.tokens(best.exact.accounting.reference_context)
        exactly = f" Exactly counted, it takes {need} with {context} tokens of context, of {usable} really offered."
    rule_need, rule_usable = figures.memories_apart(best.need_bytes, facts.assessment.usable_bytes)
    against = "against" if best.fits else "by the rule of thumb, more than the"
    first = f"At {facts.shown_name} it needs {rule_need} {against} {rule_usable} usable. {quality}{exactly}"
    if best.ceiling_tokens_s is None:
        second = "Its active parameters are not published, so no speed can be derived."
    else:
        second = _what_bounds_it(facts, best)
    return (first, second)


def _what_bounds_it(facts: AssessedPair, best: QuantFit) -> str:
    """The ceiling that bandwidth sets, and that a small model stays far below it."""
    read = "the active weights are" if facts.pair.model.spec.mixture_of_experts else "every weight is"
    said = (
        f"Memory bandwidth sets the ceiling: {read} read once for each token, and by the rule of thumb "
        f"{facts.about_gpu.bandwidth} allows {_at_most(best)}."
    )
    estimate = facts.speeds.get(best.quant.slug)
    if estimate and best.ceiling_tokens_s and estimate.tokens_s < best.ceiling_tokens_s / 2:
        said += " A token takes longer than that here: what each layer costs besides its reading weighs more."
    return said


def _want(facts: AssessedPair) -> tuple[str, Link | None]:
    """The card to want, where the default quantization does not fit here: what is said before the link."""
    if facts.default_row.fits or facts.default_row.advised:
        return "", None
    need = figures.memory_in_prose(facts.default_row.need_bytes)
    default = f"{facts.default.name} ({need}), the quantization most people run"
    if facts.wanted is None:
        return (
            f"No single card in common use holds {default}. It takes several cards, or a rented server with several; "
            "rent by the hour before you buy.",
            None,
        )
    address = addresses.pair(facts.pair.model.slug, facts.wanted.slug)
    noun = "machine" if facts.wanted.spec.unified_memory else "card"
    return (
        f"To run {default}, buy or rent by the hour the {noun} to want:",
        Link(wording.with_article(facts.wanted.name), address),
    )


def _can_it(facts: AssessedPair) -> tuple[str, str]:
    question = f"Can {facts.card} run {facts.pair.model.name}?"
    nameplate = facts.about_gpu.memory
    if facts.best:
        return question, _yes(facts, nameplate)
    need, usable = figures.memory(facts.shown.need_bytes), facts.about_gpu.usable
    if facts.shown.fits:
        need, usable = facts.need_against_usable
    held = (
        f" {wording.sentence(wording.with_article(facts.wanted.name))} holds it at {facts.default.name}."
        if (facts.wanted)
        else " No single card in common use holds it at " + facts.default.name + "."
    )
    needed = f"{facts.shown_name} already needs {need}{_at_context(facts)}"
    return (
        question,
        f"No. {needed}, and {usable} of its {nameplate} is usable.{held}",
    )


def _yes(facts: AssessedPair, nameplate: str) -> str:
    """Yes, or only, in one answer: by the rule where it agrees, and by the accounting where there is one."""
    best = facts.shown
    only = "Only at" if facts.assessment.verdict is Verdict.FITS_LOW else "Yes, at"
    said = f"{only} {facts.shown_name}"
    if best.fits:
        usable = facts.about_gpu.usable
        said += f", which needs {figures.memory(best.need_bytes)} of the {usable} usable of its {nameplate}"
    said += f"{_speed(facts, best)}."
    if best.exact:
        need, offered = facts.need_against_usable
        longest = figures.tokens(best.exact.longest_context)
        said += f" Exactly counted, {need} of {offered}, with up to {longest} tokens of context."
    return said
