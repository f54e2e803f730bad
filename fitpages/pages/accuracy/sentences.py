"""The sentences of the page about accuracy that depend on what the measurements are."""

import statistics
from collections.abc import Mapping, Sequence

from fit.calibration.agreement import Agreement, Prediction
from fit.observation import bandwidth_tokens_s
from fitpages.text import wording
from fitpages.text.speed_classes import class_name

FAR_BELOW = 10
HOSTS = (
    "by llamafile and were slowed by something else than the card: on processors with AVX-512 the host holds this "
    "program back, and on AMD cards its own kernels reach about half of llama.cpp's speed."
)

LINES = {
    "dense, without LocalScore": "Dense models, without LocalScore",
    "dense, with LocalScore": "Dense models, all runs",
    "mixture of experts": "Mixtures of experts",
    "all of any class": "All that the calibration uses",
    "not used: builds of 2023-24": "Builds of 2023 and 2024",
    "not used: builds of today": "Builds of today",
    "several cards, layer split": "Several cards, split by layer",
    "offload that says what": "Part of the model in RAM",
}
PROGRAMS = {"llamafile, Metal": "llamafile on Apple machines", "ollama": "Ollama", "llama.cpp server": "llama-server"}


def line_name(line: str) -> str:
    """A line of the report as readers know it."""
    return LINES.get(line) or class_name(line.removeprefix("class "))


def percent(share: float) -> str:
    """With one decimal: 8.6%, and commas from a thousand on."""
    return f"{share:,.1%}"


def result(dense: Agreement | None, everything: Agreement | None) -> str:
    """The main result; where nothing dense was measured, of all that was."""
    agreement = dense or everything
    if agreement is None:
        return "The calibration uses none of the measurements in the catalog yet."
    what, rows = "dense models" if dense else "all models", _measurements(agreement.rows)
    return (
        f"For {what}, the estimated tokens per second are off by {percent(agreement.median)} in the median, and "
        f"{percent(agreement.coverage)} of {rows} on {_cards(agreement.cards)} lie within the range that we print."
    )


def unused(predictions: Sequence[Prediction]) -> list[str]:
    """What the plain measurements of today are that the calibration does not use, and why their errors are large."""
    hosts = [prediction for prediction in predictions if _is_hosted(prediction)]
    slow = [prediction for prediction in predictions if _is_slow(prediction)]
    sentences = [_above([prediction for prediction in predictions if _is_above(prediction)])]
    if hosts:
        sentences.append(f"{_many(len(hosts))} {HOSTS}")
    if slow:
        share = f"{100 // FAR_BELOW}%"
        sentences.append(
            f"{_many(len(slow))} below {share} of the estimate, for a reason that the source does not give."
        )
    return [sentence for sentence in [*sentences, _near(predictions)] if sentence]


def _near(predictions: Sequence[Prediction]) -> str:
    """The rest, about which there is nothing odd."""
    errors = [abs(prediction.error) for prediction in predictions if not _is_odd(prediction)]
    if not errors:
        return ""
    return (
        f"The other {len(errors):,}, such as further lengths of context of a card and model that are used already, are "
        f"off by {percent(statistics.median(errors))} in the median."
    )


def _is_odd(prediction: Prediction) -> bool:
    return _is_above(prediction) or _is_hosted(prediction) or _is_slow(prediction)


def _is_above(prediction: Prediction) -> bool:
    return prediction.observation.tokens_s > bandwidth_tokens_s(prediction.observation)


def _is_hosted(prediction: Prediction) -> bool:
    return prediction.observation.runtime.startswith("llamafile")


def _is_slow(prediction: Prediction) -> bool:
    return prediction.observation.tokens_s * FAR_BELOW < prediction.tokens_s


def _above(predictions: Sequence[Prediction]) -> str:
    """Faster than physics allows, unless a token reads less than the record says."""
    if not predictions:
        return ""
    mixtures = sum(
        prediction.observation.work.mixture and prediction.observation.architecture is None
        for prediction in predictions
    )
    start = f"{_many(len(predictions))} faster than the bandwidth allows if each token reads the whole file"
    if not mixtures:
        return f"{start}, which physics rules out."
    which = "all of them" if mixtures == len(predictions) else f"{wording.count(mixtures)} of them"
    return (
        f"{start}, which physics rules out. The records, {which} of mixtures of experts, do not say how many bytes a "
        "token reads, so the estimate counts the whole file and comes out far too low."
    )


def rule_nearer(classes: Sequence[Agreement]) -> str:
    """Where the rule of thumb beats the estimate, said as plainly as where it does not."""
    nearer = [line for line in classes if line.rule is not None and line.rule < line.median]
    if not nearer:
        return ""
    return (
        f"For {wording.listed([line_name(line.name) for line in nearer])} the rule of thumb is nearer than a held-out "
        "estimate."
    )


def runtimes(factors: Mapping[str, float]) -> str:
    """What other programs reach of the speed of llama.cpp's own benchmark."""
    others = [f"{PROGRAMS.get(program, program)} {factor:.0%}" for program, factor in factors.items() if factor != 1]
    if not others:
        return ""
    return f"Of the speed of llama.cpp's own benchmark, the calibration gives {wording.listed(others)}."


def several(agreement: Agreement | None, card_ms: float) -> str:
    """Cards that work one after the other."""
    if agreement is None:
        return ""
    return (
        f"Split by layer, cards work one after the other: each further one adds {card_ms:.1f} ms a token, and the "
        f"estimate is off by {percent(agreement.median)} in the median of {_measurements(agreement.rows)}. That "
        "addition is taken from them, and nothing else."
    )


def offload(agreement: Agreement | None, ram_gb_s: float) -> str:
    """Layers or experts in RAM."""
    if agreement is None:
        return ""
    return (
        f"What stays in RAM is read at {ram_gb_s:.0f} GB/s, the median of the {agreement.rows:,} measurements that say "
        f"what stayed there. They are of {_cards(agreement.cards)}, so take the error of {percent(agreement.median)} "
        "as a hint: RAM differs between machines."
    )


def described(used: int, unused_rows: int, dense: Agreement | None) -> str:
    """The plot for those who do not see it."""
    error = f" Half of those of dense models are within {percent(dense.median)} of it." if dense else ""
    return (
        f"Estimated against measured tokens per second, both on logarithmic axes. {_measurements(used)} that the "
        f"calibration uses and {unused_rows:,} that it does not lie along the diagonal, where both are equal.{error}"
    )


def not_yet(count: int) -> str:
    """Measurements that came after the calibration."""
    if not count:
        return ""
    verb, cards = ("is", "its card") if count == 1 else ("are", "their cards")
    return (
        f"{_measurements(count)} {verb} newer than the calibration, which had not seen the figure but may have seen "
        f"{cards}."
    )


def _many(count: int) -> str:
    return f"{wording.sentence(wording.count(count))} {'is' if count == 1 else 'are'}"


def _measurements(count: int) -> str:
    return f"{count:,} measurement{'' if count == 1 else 's'}"


def _cards(count: int) -> str:
    return f"{wording.count(count)} card{'' if count == 1 else 's'}"
