"""The fields of the catalog in a reader's words: what each is called, and its values with their units."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from catalog.models.uses import Use
from catalog.recent_changes import FieldApart
from catalog.speed_classes import class_name
from fitpages.text import figures

NONE = "none"


class Field(NamedTuple):
    """What readers call a field, how its values are said, what an empty one is, and the unit of bare digits."""

    label: str
    words: Callable[[Any], str] = str
    empty: str = figures.NOT_KNOWN
    unit: str = ""


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _context(tokens: int) -> str:
    return f"{figures.tokens(tokens)} tokens"


def _tokens_s(value: Decimal) -> str:
    return f"{figures.exact(value)} tokens/s"


def _exact(unit: str) -> Callable[[Decimal | int], str]:
    return lambda value: f"{figures.exact(value)} {unit}".strip()


def _uses(words: str) -> str:
    labels = dict(Use.choices)
    return ", ".join(labels.get(word, word).lower() for word in words.split())


def _sources(lines: tuple[str, ...]) -> str:
    return f"{len(lines):,}"


_TEXTS = {
    "name": "Name",
    "slug": "Address",
    "full_name": "Full name",
    "also_called": "Also called",
    "vendor": "From",
    "family": "Family",
    "segment": "Kind",
    "chip_architecture": "Architecture of the chip",
    "memory_type": "Memory type",
    "reported_by": "Total reported by",
    "ecc": "Error correction",
    "licence": "Licence",
    "commercial_use": "Commercial use",
    "hugging_face_id": "On Hugging Face",
    "architecture": "Architecture",
    "mix": "Mix of llama.cpp",
    "quality": "Quality",
    "quality_basis": "Quality measured on",
    "quality_source": "Quality published at",
    "shown": "In tables",
    "kind_of_file": "Kind of file",
    "kind_of_files": "Kind of files",
    "label": "Label",
    "repository": "Repository",
    "file_name": "File name",
    "publisher": "Publisher",
    "seen_in": "Seen",
    "labels": "Levels seen there",
    "gpu_label": "Card in the source",
    "model_label": "Model in the source",
    "quant_label": "Quantization in the source",
    "ram_kind": "Kind of RAM",
    "ram_label": "RAM in the source",
    "weights_basis": "Bytes known from",
    "test": "Test",
    "cache_keys": "Cache of keys",
    "cache_values": "Cache of values",
    "prefill_test": "Test of the prompt",
    "runtime": "Program",
    "backend": "Backend",
    "build": "Era of the program",
    "build_number": "Build",
    "measured_in": "Measured",
    "trust": "Trust",
    "successor": "Succeeded by",
    "common_reason": "Why it is widely run, or is not",
    "downloads_source": "Downloads counted by",
    "likes_source": "Likes counted by",
    "pulls_source": "Pulls counted by",
    "pulls_family": "Family whose pulls are counted",
    "board": "Board",
    "entry": "Called there",
    "data_licence": "Licence of the board",
    "kind_of_price": "Kind of price",
    "currency": "Currency",
    "seller": "Asked by",
    "remark": "Remark",
    "use": "For",
    "memory_class": "Memory class",
    "reason": "Reason",
}

FIELDS: Mapping[str, Field] = {
    **{name: Field(label) for name, label in _TEXTS.items()},
    "sources": Field("Sources", _sources, NONE),
    "modalities": Field("Reads", empty="text"),
    "notes": Field("Notes", empty=NONE),
    "split": Field("Split", empty="not stated"),
    "offload": Field("Not on the GPU", empty="nothing"),
    "ships_with": Field("Sold with", empty="Linux or macOS"),
    "model": Field("Model", empty="not in the catalog"),
    "gpu": Field("Card", empty="not in the catalog"),
    "quant": Field("Quantization", empty="not in the catalog"),
    "speed_class": Field("Class of speed", class_name),
    "common": Field("Widely bought, rented or run", _yes_or_no),
    "class_example": Field("Example of its memory class", _yes_or_no),
    "uses": Field("Good for", _uses, NONE),
    "downloads": Field("Downloads in 30 days", _exact("")),
    "downloads_seen_in": Field("Downloads counted in"),
    "likes": Field("Likes", _exact("")),
    "likes_seen_in": Field("Likes counted in"),
    "pulls": Field("Pulls", _exact("")),
    "pulls_90_days": Field("Pulls in 90 days", _exact("")),
    "pulls_seen_in": Field("Pulls counted in"),
    "score": Field("Score", _exact("")),
    "estimated": Field("Estimated by the board", _yes_or_no),
    "amount": Field("Price", _exact("")),
    "lowest": Field("Lowest", _exact(""), NONE),
    "highest": Field("Highest", _exact(""), NONE),
    "whole_machine": Field("Of the whole computer", _yes_or_no),
    "with_ram": Field("With a part in RAM", _yes_or_no),
    "picked_on": Field("Compared last", figures.day),
    "unified_memory": Field("Memory shared with the processor", _yes_or_no),
    "mixture_of_experts": Field("Mixture of experts", _yes_or_no),
    "needs_imatrix": Field("Needs an importance matrix", _yes_or_no),
    "worth_recommending": Field("Worth recommending", _yes_or_no),
    "is_default": Field("The popular default", _yes_or_no),
    "preferred": Field("Decides its level", _yes_or_no),
    "for_calibration": Field("Used by the estimate", _yes_or_no),
    "memory_gb": Field("Memory", lambda value: figures.gibibytes(float(value))),
    "carve_out_gb": Field("Can be set apart", figures.gigabytes),
    "reported_memory_mib": Field("Total that the driver reports", figures.mebibytes),
    "usable_share": Field("Usable share", _exact(""), "the usual"),
    "bandwidth_gb_s": Field("Bandwidth", figures.bandwidth),
    "ram_gb_s": Field("Bandwidth of the RAM", figures.bandwidth),
    "gpus_per_board": Field("GPUs on a board", _exact("")),
    "gpu_count": Field("Cards", _exact("")),
    "ram_channels": Field("Channels of RAM", _exact("")),
    "fp32_tflops": Field("FP32", _exact("TFLOPS")),
    "fp16_tensor_tflops": Field("FP16, matrix units", _exact("TFLOPS")),
    "power_w": Field("Power", figures.power),
    "power_limit_w": Field("Power limit", figures.power, "not stated"),
    "release_date": Field("Released", figures.day),
    "launch_price_usd": Field("Price at launch", figures.price, unit="dollars"),
    "parameters": Field("Parameters", figures.parameters),
    "active_parameters": Field("Active per token", figures.parameters),
    "tower_parameters": Field("Vision and audio towers", figures.parameters, NONE),
    "native_context": Field("Context", _context, unit="tokens"),
    "extended_context": Field("Context with rope scaling", _context, NONE, "tokens"),
    "file_context": Field("Context in its file", _context, "as its maker says", "tokens"),
    "bytes_per_weight": Field("Bytes per weight, by the rule", figures.bytes_per_weight, NONE),
    "perplexity": Field("Perplexity", _exact("")),
    "perplexity_rise": Field("Rise of perplexity", _exact("")),
    "kl_divergence": Field("KL divergence", _exact("")),
    "order": Field("Place by quality", _exact("")),
    "size_bytes": Field("Size", figures.memory, unit="bytes"),
    "rounding_bytes": Field("Size rounded to", figures.memory, "exact", "bytes"),
    "token_list_bytes": Field("Token list", figures.memory, unit="bytes"),
    "draft_bytes": Field("Draft layers in it", figures.memory, NONE, "bytes"),
    "weights_bytes": Field("Bytes of the file", figures.memory, unit="bytes"),
    "active_weights_bytes": Field("Bytes read for a token", figures.memory, unit="bytes"),
    "decode_tokens_s": Field("Measured", _tokens_s),
    "prefill_tokens_s": Field("Reading the prompt", _tokens_s),
    "context_tokens": Field("Tokens in the cache", _exact("tokens")),
    "depth_tokens": Field("Tokens before the measured", _exact("tokens")),
    "prefill_tokens": Field("Length of the prompt", _exact("tokens")),
    "runs": Field("Runs", _exact("")),
}


class FieldShown(NamedTuple):
    """A field that changed, and its value before and after, told apart."""

    label: str
    before: str
    after: str


def shown(apart: FieldApart) -> FieldShown:
    """The field as the page says it."""
    field = FIELDS[apart.name]
    before, after = (_words(field, value) for value in (apart.before, apart.after))
    return FieldShown(field.label, *((before, after) if before != after else _told_apart(field, apart, after)))


def _words(field: Field, value: Any) -> str:
    return field.empty if value is None or value == "" or value == () else field.words(value)


def _told_apart(field: Field, apart: FieldApart, words: str) -> tuple[str, str]:
    """Two values that are the same once they are rounded: to the last digit. Of as many sources they are others."""
    if isinstance(apart.before, int | Decimal) and isinstance(apart.after, int | Decimal):
        to_the_digit = _exact(field.unit)
        return to_the_digit(apart.before), to_the_digit(apart.after)
    return words, f"{words}, others"
