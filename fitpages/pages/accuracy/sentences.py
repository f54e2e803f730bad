"""The sentences of the page about accuracy that depend on what the measurements are."""

import statistics
from collections.abc import Sequence

from catalog.speed_classes import class_name
from fit.calibration.agreement import Agreement, Prediction
from fit.calibration.held_out import SMALL_CLASS
from fit.observation import bandwidth_tokens_s
from fitpages.text import wording

# A class that is further off in the median is named.
WEAK_MEDIAN = 0.15
# Where the estimate is this many times the measurement, something else than the card was slow.
FAR_BELOW = 10

LINES = {
    "all of any class": "All that the calibration uses",
    "dense, without LocalScore": "Dense models, without LocalScore",
    "dense, with LocalScore": "Dense models, all runs",
    "mixture of experts": "Mixtures of experts",
    "linear attention": "Models with linear attention",
    "under 2B parameters": "Models under 2B",
    "4K tokens and more in the cache": "With 4K tokens and more",
    "32K tokens and more in the cache": "With 32K tokens and more",
    "quantized cache": "With a quantized cache",
    "two other models of the card measured": "Two other models of the card measured",
    "not used: builds of 2023-24": "Builds of 2023 and 2024",
    "not used: builds of today": "Builds of today",
    "several cards, layer split": "Several cards, split by layer",
    "several cards, tensor split": "Several cards, split by tensor",
    "offload, RAM named": "Part in RAM, its kind named",
    "offload, RAM not named": "Part in RAM, its kind not named",
}


def line_name(line: str) -> str:
    """A line of the report as readers know it."""
    return LINES.get(line) or class_name(line.removeprefix("class "))


def percent(share: float) -> str:
    """With one decimal: 8.6%, and commas from a thousand on."""
    return f"{share:,.1%}"


def signed(share: float) -> str:
    """With one decimal and its sign: +0.8%, and 0.0% for none."""
    return "0.0%" if round(share, 3) == 0 else f"{share:+,.1%}".replace("-", "−")


def measurements(count: int) -> str:
    """A number of measurements: 1 measurement, 1,204 measurements."""
    return f"{count:,} measurement{'' if count == 1 else 's'}"


def cards(count: int) -> str:
    """A number of cards, a small one in words: one card, six cards, 23 cards."""
    return f"{wording.count(count)} card{'' if count == 1 else 's'}"


def result(dense: Agreement | None, everything: Agreement | None) -> str:
    """The main result; where nothing dense was measured, of all that was."""
    agreement = dense or everything
    if agreement is None:
        return "The calibration uses none of the measurements in the catalog yet."
    models = "dense models" if dense else "all models"
    return (
        f"For {models}, the estimated tokens per second are off by {percent(agreement.median)} in the median, and "
        f"{percent(agreement.coverage)} of {measurements(agreement.rows)} on {cards(agreement.cards)} lie within the "
        "range that we print."
    )


def is_weak(line: Agreement) -> bool:
    """Whether a class is far off in the median, or rests on few cards."""
    return line.median > WEAK_MEDIAN or line.cards < SMALL_CLASS


def off_by(line: Agreement) -> str:
    """How far a class is off, and on how many cards: "off by 22.5% in the median, on two cards"."""
    return f"off by {percent(line.median)} in the median, on {cards(line.cards)}"


def of_class(line: Agreement | None, count: int) -> str:
    """What a class came to, where the calibration uses some of its measurements."""
    if line is None:
        return f"The catalog has {measurements(count)} of cards of this class. The calibration uses none of them."
    uses = "all of them" if line.rows == count else f"{line.rows:,} of them"
    return (
        f"The catalog has {measurements(count)} of cards of this class. The calibration uses {uses}. Held out, the "
        f"estimate is {off_by(line)}; {percent(line.coverage)} lie within the range that we print."
    )


def not_yet(count: int) -> str:
    """Measurements that came after the calibration; "" where there are none."""
    if not count:
        return ""
    if count == 1:
        return "1 measurement is newer than the calibration, which had not seen the figure but may have seen its card."
    return (
        f"{measurements(count)} are newer than the calibration, which had not seen the figure but may have seen their "
        "cards."
    )


def described(used: int, unused: int, dense: Agreement | None) -> str:
    """The plot for those who do not see it: how many measurements it shows of each kind, and how near they are."""
    plotted = (
        f"Estimated against measured tokens per second, both on logarithmic axes. {measurements(used)} that the "
        f"calibration uses and {unused:,} that it does not lie along the diagonal, where both are equal."
    )
    if dense is None:
        return plotted
    return f"{plotted} Half of those of dense models are within {percent(dense.median)} of it."


def why_unused(predictions: Sequence[Prediction]) -> tuple[str, ...]:
    """What the plain measurements of today are that the calibration does not use, and why their errors are large."""
    above = [prediction for prediction in predictions if _is_above(prediction)]
    hosted = [prediction for prediction in predictions if _is_hosted(prediction)]
    slow = [prediction for prediction in predictions if _is_slow(prediction)]
    rest = [prediction for prediction in predictions if not _is_odd(prediction)]
    sentences = (_of_above(above), _of_hosted(len(hosted)), _of_slow(len(slow)), _of_rest(rest))
    return tuple(sentence for sentence in sentences if sentence)


def _is_above(prediction: Prediction) -> bool:
    """Faster than physics allows, unless a token reads less than the record says."""
    return prediction.observation.tokens_s > bandwidth_tokens_s(prediction.observation)


def _is_hosted(prediction: Prediction) -> bool:
    """By a program that the processor holds back."""
    return prediction.observation.runtime.startswith("llamafile")


def _is_slow(prediction: Prediction) -> bool:
    return prediction.observation.tokens_s * FAR_BELOW < prediction.tokens_s


def _is_odd(prediction: Prediction) -> bool:
    return _is_above(prediction) or _is_hosted(prediction) or _is_slow(prediction)


def _of_above(predictions: Sequence[Prediction]) -> str:
    if not predictions:
        return ""
    ruled_out = (
        f"{_many_are(len(predictions))} faster than the bandwidth allows if each token reads the whole file, which "
        "physics rules out."
    )
    mixtures = sum(_is_mixture_of_unknown_tensors(prediction) for prediction in predictions)
    if not mixtures:
        return ruled_out
    how_many = "all" if mixtures == len(predictions) else wording.count(mixtures)
    return (
        f"{ruled_out} The records, {how_many} of them of mixtures of experts, do not say how many bytes a token reads, "
        "so the estimate counts the whole file and comes out far too low."
    )


def _is_mixture_of_unknown_tensors(prediction: Prediction) -> bool:
    return prediction.observation.work.mixture and prediction.observation.architecture is None


def _of_hosted(count: int) -> str:
    if not count:
        return ""
    return (
        f"{_many_are(count)} by llamafile and were slowed by something else than the card: on processors with AVX-512 "
        "the host holds this program back, and on AMD cards its own kernels reach about half of llama.cpp's speed."
    )


def _of_slow(count: int) -> str:
    if not count:
        return ""
    return f"{_many_are(count)} below {100 // FAR_BELOW}% of the estimate, for a reason that the source does not give."


def _of_rest(predictions: Sequence[Prediction]) -> str:
    """Those about which there is nothing odd."""
    if not predictions:
        return ""
    median = statistics.median(abs(prediction.error) for prediction in predictions)
    return (
        f"The other {len(predictions):,}, such as further lengths of context of a card and model that are used "
        f"already, are off by {percent(median)} in the median."
    )


def _many_are(count: int) -> str:
    """The beginning of a sentence: One is, Two are."""
    return f"{wording.sentence(wording.count(count))} {'is' if count == 1 else 'are'}"
