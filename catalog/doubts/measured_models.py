"""What a measurement says of model, file and test, against the model and against its own parts."""

import re
from collections.abc import Iterator

from catalog.doubts.doubt import Doubt, figure, percent_off
from catalog.doubts.near_names import bare
from catalog.doubts.others import Others
from catalog.models import Benchmark
from catalog.observations import MIX_OF_LABEL
from fit.file_labels import base_mix
from fit.quant_mixes import AVERAGE_BYTES_PER_PARAMETER, BASE_TYPES

PARAMETERS_PERCENT = 3
# Makers count the embedding among what a token uses, or not.
ACTIVE_PERCENT = 15
# Sources give sizes of a plain mix with draft layers or without; labels of publishers are only near to a mix.
PLAIN_PERCENT, LABEL_PERCENT = 15, 40
# What a token reads of a dense model: all but the token embedding.
READ_LEAST = 0.85
ACTIVE_LEAST, ACTIVE_MOST = 0.8, 1.3
# Tokens in the cache beyond those that the test names: a short prompt before.
CONTEXT_PERCENT, SHORT_PROMPT = 5, 64
PROMPT_TEST = re.compile(r"pp(\d+)")
GENERATED = re.compile(r"tg(\d+)")
DEPTH = re.compile(r"(?:@ ?d?|after pp)(\d+)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def doubts(row: Benchmark, others: Others) -> Iterator[Doubt]:
    """Parameters, bytes, labels, tests."""
    yield from _parameters(row)
    yield from _bytes(row, others)
    yield from _read(row)
    yield from _labels(row)
    yield from _prompt_test(row)
    yield from _context(row)


def _parameters(row: Benchmark) -> Iterator[Doubt]:
    if row.model is None:
        return
    whole, active = row.model.parameters, row.model.active_parameters
    counts = [whole, whole + (row.model.tower_parameters or 0)]
    if row.parameters and min(percent_off(row.parameters, count) for count in counts) > PARAMETERS_PERCENT:
        yield _of_model(row, "parameters", "Parameters are", row.parameters, whole)
    if row.active_parameters and active and percent_off(row.active_parameters, active) > ACTIVE_PERCENT:
        yield _of_model(row, "active_parameters", "Active parameters are", row.active_parameters, active)


def _of_model(row: Benchmark, field: str, words: str, stated: int, counted: int) -> Doubt:
    says = f"{words} {figure(stated)}, but {row.model} has {figure(counted)}. Compare the two."
    return Doubt(f"{field}_of_model", field, says)


def _mix(row: Benchmark) -> str:
    """The mix that a label names, or the nearest."""
    named = "MXFP4_MOE" if row.quant_label == "MXFP4" else MIX_OF_LABEL.get(row.quant_label, row.quant_label)
    return named if named in BASE_TYPES else base_mix(named) or ""


def _bytes(row: Benchmark, others: Others) -> Iterator[Doubt]:
    """The file against the model's tensors at its label, or against the parameters where there are none."""
    computed = _computed(row, others)
    if not (row.weights_bytes and computed):
        return
    percent = PLAIN_PERCENT if row.quant_label in BASE_TYPES else LABEL_PERCENT
    if percent_off(row.weights_bytes, computed) > percent:
        yield Doubt(
            "bytes_of_file",
            "weights_bytes",
            f"The file has {figure(row.weights_bytes)} bytes; {row.model or row.model_label} at {row.quant_label} "
            f"takes about {figure(computed)}. Compare bytes, model and quantization with the source.",
        )


def _computed(row: Benchmark, others: Others) -> float | None:
    memory = others.whole_model(row.model).spec.memory if row.model else None
    mix = _mix(row)
    if not (mix and row.weights_bytes):
        return None
    if memory:
        return memory.nearest_file_bytes(mix, row.weights_bytes)
    return AVERAGE_BYTES_PER_PARAMETER[mix] * row.parameters if row.parameters else None


def _read(row: Benchmark) -> Iterator[Doubt]:
    """What is read for a token: of a mixture about the share of its active parameters, of others nearly all."""
    if not (row.weights_bytes and row.active_weights_bytes):
        return
    read = row.active_weights_bytes / row.weights_bytes
    least, most = READ_LEAST, 1.0
    if row.mixture_of_experts:
        if not (row.active_parameters and row.parameters):
            return
        active = row.active_parameters / row.parameters
        least, most = ACTIVE_LEAST * active, ACTIVE_MOST * active
    if not least <= read <= most:
        yield Doubt(
            "bytes_read",
            "active_weights_bytes",
            f"A token reads {figure(row.active_weights_bytes)} of {figure(row.weights_bytes)} bytes, {read:.0%} of the "
            f"file; {least:.0%} to {most:.0%} is expected. Compare it with the active parameters.",
        )


def _labels(row: Benchmark) -> Iterator[Doubt]:
    """Numbers in the source's words are those in the names of card and model."""
    quant = row.quant
    if quant and bare(row.quant_label) not in (bare(quant.mix), bare(quant.name)):
        yield _unlike("quant_label", row.quant_label, quant.name)
    if row.gpu and not _share_a_number(row.gpu_label, f"{row.gpu.name} {row.gpu.full_name}"):
        yield _unlike("gpu_label", row.gpu_label, row.gpu.name)
    if row.model and not _share_a_number(row.model_label, f"{row.model.name} {row.model.full_name}"):
        yield _unlike("model_label", row.model_label, row.model.name)


def _share_a_number(label: str, name: str) -> bool:
    """Whether one number stands in both; or in one there is none."""
    numbers, of_name = (set(NUMBER.findall(text)) for text in (label, name))
    return not numbers or not of_name or bool(numbers & of_name)


def _unlike(field: str, label: str, name: str) -> Doubt:
    return Doubt(f"{field}_of_record", field, f"The source says {label}, but {name} is chosen. Compare the two.")


def _prompt_test(row: Benchmark) -> Iterator[Doubt]:
    named = PROMPT_TEST.match(row.prefill_test)
    if named and row.prefill_tokens and int(named[1]) != row.prefill_tokens:
        yield Doubt(
            "tokens_of_prompt_test",
            "prefill_tokens",
            f"The prompt has {figure(row.prefill_tokens)} tokens, but the test is {row.prefill_test}. Compare the two.",
        )


def _context(row: Benchmark) -> Iterator[Doubt]:
    """What is in the cache by the name of the test: half of what is generated, after what was there before."""
    generated, depth = GENERATED.search(row.test), DEPTH.search(row.test)
    before = int(depth[1]) if depth else 0
    if depth and row.depth_tokens is not None and row.depth_tokens != before:
        says = (
            f"{figure(row.depth_tokens)} tokens were in the cache before, but the test is {row.test}. Compare the two."
        )
        yield Doubt("depth_of_test", "depth_tokens", says)
    if not (generated and row.context_tokens):
        return
    expected = before + int(generated[1]) / 2
    room = expected * CONTEXT_PERCENT / 100
    if not expected - room <= row.context_tokens <= expected + room + SHORT_PROMPT:
        yield Doubt(
            "context_of_test",
            "context_tokens",
            f"{figure(row.context_tokens)} tokens were in the cache on average, but {row.test} makes "
            f"{figure(expected)}. Compare it with the test.",
        )
