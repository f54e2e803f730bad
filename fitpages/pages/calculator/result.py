"""The calculator's answer to a valid question."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.snapshot import Snapshot
from fit.assessment import Assessment, QuantFit, assess_by_rule, assess_needs, is_at_least
from fit.expected import short_speeds
from fit.kv_cache import CacheType
from fit.needs import needs
from fit.settings import caution
from fit.several_cards import LAYER_SPLIT, MOST_GAIN, TENSOR_SPLIT
from fit.specs import GpuSpec, ModelSpec, QuantSpec
from fitpages import addresses
from fitpages.matching.files import counted_files
from fitpages.matching.fits import assessment_on, needs_of
from fitpages.matching.levels import default_of, levels
from fitpages.pages.calculator.exact import ExactLine, ExactResult, advised, build
from fitpages.pages.common.quant_table import LOWER_HEADING, TableRow, has_counted, lower_rows, table_rows
from fitpages.site import Link
from fitpages.text import figures, wording


@dataclass(frozen=True, kw_only=True)
class Result:
    """The answer. `pair` leads to the page of the pair where the question is one."""

    answer: str
    fits: bool
    reason: str
    details: tuple[str, ...]
    caption: str
    rows: tuple[TableRow, ...]
    lower_rows: tuple[TableRow, ...]
    lower_heading: str
    with_counted: bool
    exact: ExactResult
    pair: Link | None


def calculate(snapshot: Snapshot, values: dict[str, Any]) -> Result:
    model, model_name = _model(snapshot, values)
    gpu, gpu_name = _gpu(snapshot, values)
    cards = values["cards"]
    assessment = _assess(snapshot, model, gpu, cards)
    device = gpu_name if cards == 1 else f"{cards} × {gpu_name}"
    offering = wording.with_article(gpu_name) if cards == 1 and values["gpu"] else device
    exact = build(snapshot, values, gpu)
    line = advised(exact, values["quant"]) if _is_counted(snapshot, values) else None
    answer, fits, reason = (
        _exact_answer(exact, line, _yes(snapshot, values, line.quant.spec), bool(values["quant"]), offering)
        if line
        else _answer(snapshot, assessment, values, model_name, offering)
    )
    is_pair, listed = _is_pair(values), snapshot.models.get(model.slug)
    files = counted_files(snapshot, listed) if listed else {}
    speeds = short_speeds(assessment, gpu) if _has_bandwidth(values) else None
    rows = table_rows(snapshot, assessment, speeds, chosen=values["quant"], files=files)
    return Result(
        answer=answer,
        fits=fits,
        reason=reason,
        details=(*_details(model, values), *_caution(values, gpu)),
        caption=f"{model_name} on {device}, by the rule of thumb{_counted_with(assessment)}",
        rows=rows,
        lower_rows=lower_rows(snapshot, assessment, speeds, files=files),
        lower_heading=LOWER_HEADING,
        with_counted=has_counted(rows),
        exact=exact,
        pair=Link(f"{model_name} on {gpu_name}", addresses.pair(model.slug, gpu.slug)) if is_pair else None,
    )


def _counted_with(assessment: Assessment) -> str:
    """The end of the caption where the table has counted figures."""
    accounting = next((fit.exact.accounting for fit in assessment.quants if fit.exact), None)
    if accounting is None:
        return ""
    return f" and as counted with {figures.tokens(accounting.reference_context)} tokens of context"


def _assess(snapshot: Snapshot, model: ModelSpec, gpu: GpuSpec, cards: int) -> Assessment:
    """One card as the page of the pair has it; several by the rule, which adds their memory up."""
    listed = snapshot.models.get(model.slug)
    if listed is None:
        needed, default = needs(model, [quant.spec for quant in snapshot.quants]), snapshot.default_quant.spec
    else:
        needed, default = needs_of(snapshot, listed), levels(snapshot, listed).default
    if cards > 1:
        return assess_by_rule(model, gpu, needed, default, cards=cards)
    return assessment_on(snapshot, listed, gpu) if listed else assess_needs(model, gpu, needed, default)


def _is_counted(snapshot: Snapshot, values: dict[str, Any]) -> bool:
    """Whether the answer is the accounting's: the rule of thumb does not know what was asked for."""
    quant, model = snapshot.quant_of.get(values["quant"]), snapshot.models.get(values["model"])
    native = model and default_of(snapshot, model).spec.bytes_per_weight is None
    by_rule = quant is None or quant.spec.bytes_per_weight is not None
    return _asks_for_more(values) or not by_rule or bool(native and values["cards"] > 1)


def _is_pair(values: dict[str, Any]) -> bool:
    """Whether the question is what the page of a pair answers, and nothing else."""
    return bool(values["model"] and values["gpu"] and values["cards"] == 1 and not _asks_for_more(values))


def _asks_for_more(values: dict[str, Any]) -> bool:
    """Whether a context, cache or offload was asked for, of which the rule of thumb does not know."""
    return bool(values.get("context") or values.get("cache") or values.get("offload"))


def _has_bandwidth(values: dict[str, Any]) -> bool:
    return bool(values["gpu"] or values.get("bandwidth"))


def _model(snapshot: Snapshot, values: dict[str, Any]) -> tuple[ModelSpec, str]:
    if values["model"]:
        listed = snapshot.models[values["model"]]
        return listed.spec, listed.name
    parameters, active = values["parameters"], values.get("active")
    spec = ModelSpec(
        slug="own",
        parameters=max(1, int(parameters * 10**9)),
        active_parameters=max(1, int(active * 10**9)) if active else None,
        mixture_of_experts=bool(active),
    )
    return spec, f"A model of {figures.parameters(spec.parameters)}"


def _gpu(snapshot: Snapshot, values: dict[str, Any]) -> tuple[GpuSpec, str]:
    if values["gpu"]:
        listed = snapshot.gpus[values["gpu"]]
        return listed.spec, listed.name
    # Without a bandwidth there is no speed; the figure stands in and is never shown.
    bandwidth = values.get("bandwidth") or Decimal(1)
    spec = GpuSpec(slug="own", nameplate_gb=values["memory"], bandwidth_gb_s=bandwidth)
    return spec, f"a card of {figures.gigabytes(spec.nameplate_gb)}"


def _answer(
    snapshot: Snapshot, assessment: Assessment, values: dict[str, Any], model_name: str, device: str
) -> tuple[str, bool, str]:
    """What stands out, whether it fits, and the rest of the sentence; of one quantization where one was chosen."""
    chosen = assessment.quant(values["quant"]) if values["quant"] else None
    best = chosen or assessment.best or assessment.smallest
    name = snapshot.quant_of[best.quant.slug].name
    if not best.is_made:
        return f"No, not at {name}", False, f": no files of {model_name} are made at that level."
    need, there_is = _against(assessment, best, device)
    if best.advised:
        yes = _yes(snapshot, values, best.quant)
        return f"{yes} {name}", True, f": {model_name} needs {need}, and {there_is}."
    no = f"No, not at {name}" if chosen else "No"
    least = "" if chosen else f" even at {name}"
    lower = "" if chosen else _below(snapshot, assessment)
    return no, False, f": {model_name} needs {need}{least}, and {there_is}.{lower}"


def _against(assessment: Assessment, fit: QuantFit, device: str) -> tuple[str, str]:
    """What it needs and what there is: exactly where the accounting alone says yes, or the rule says nothing."""
    if fit.exact and (fit.need_bytes is None or (fit.advised and not fit.fits)):
        need, offered = figures.counted_apart(fit.exact.accounting.reference_bytes, assessment.offer.total_bytes)
        return need, f"{device} {_offers(device)} {offered}"
    need, usable = figures.memories_apart(fit.size_bytes, assessment.usable_bytes)
    return need, f"{usable} of {device} is usable"


def _below(snapshot: Snapshot, assessment: Assessment) -> str:
    """What fits below the levels that were asked, as the page of the pair says it."""
    lower = assessment.best_lower
    if lower is None or lower.exact is None:
        return ""
    longest = figures.tokens(lower.exact.longest_context)
    name = snapshot.quant_of[lower.quant.slug].name
    return f" Below the levels worth recommending, {name} fits with {longest} tokens."


def _yes(snapshot: Snapshot, values: dict[str, Any], quant: QuantSpec) -> str:
    """How a yes begins, as on the page of the pair: where nobody asked for a level, it may be one below the default."""
    model = snapshot.models.get(values["model"])
    default = default_of(snapshot, model) if model else snapshot.default_quant
    return "Yes, at" if values["quant"] or is_at_least(quant, default.spec) else "Only at"


def _exact_answer(exact: ExactResult, line: ExactLine, yes: str, chosen: bool, device: str) -> tuple[str, bool, str]:
    """`_answer` at the context, cache and offload that were asked for."""
    takes = f"it takes {line.total} with {exact.context}, and {device} {_offers(device)} {exact.offered}"
    if line.fits:
        return f"{yes} {line.name}", True, f": {takes}."
    if line.runs:
        return f"{yes} {line.name}", True, f" with a part in RAM ({line.placed}): {takes}."
    least = "" if chosen else f" even at {line.name}"
    return f"No, not at {line.name}" if chosen else "No", False, f":{least} {takes}."


def _offers(device: str) -> str:
    """Several cards offer, one card offers."""
    return "offer" if " × " in device else "offers"


def _caution(values: dict[str, Any], gpu: GpuSpec) -> Iterator[str]:
    """What the type of cache that was chosen needs of the program on a card that is not known to do without."""
    if gpu.vendor in ("", "AMD", "NVIDIA") and (sentence := caution(CacheType(values.get("cache") or CacheType.F16))):
        yield sentence


def _details(model: ModelSpec, values: dict[str, Any]) -> Iterator[str]:
    """What bounds the speed, or why there is none."""
    if values["cards"] > 1:
        yield _split_over(values["cards"], values.get("split") or LAYER_SPLIT)
    if not _has_bandwidth(values):
        yield "Give a bandwidth to see the speed it allows."
    if model.parameters_per_token is None:
        yield "Its active parameters are not published, so no speed can be derived."


def _split_over(cards: int, split: str) -> str:
    count = wording.sentence(wording.count(cards))
    if split == TENSOR_SPLIT:
        return (
            f"{count} cards hold a part of each layer: their memory adds up, and they read at once. That was measured "
            f"on one pair of cards, so the speed to expect is at most {MOST_GAIN:g} times that of a split by layer: "
            "the most seen there. What fits is counted as for a split by layer, and the ceiling is one card's."
        )
    return (
        f"{count} cards hold the layers between them: their memory adds up, but a token passes through one card after "
        "the other, so speed is that of one."
    )
