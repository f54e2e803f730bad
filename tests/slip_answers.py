"""Slips of one digit in the figures of every table, and what is asked about each or refuses it."""

import copy
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from catalog.doubts import Others, unanswered
from catalog.models import (
    Artifact,
    Benchmark,
    BoardScore,
    CatalogRecord,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Quant,
    Repository,
)

# A record of each kind, or two where no one has every figure, and the fields that are slipped in. A place within an
# architecture is written with points.
SLIPPED: dict[tuple[type[CatalogRecord], str], str] = {
    (Gpu, "rtx-4090"): (
        "memory_gb bandwidth_gb_s bus_bits memory_rate_gbps reported_memory_mib usable_share fp32_tflops "
        "fp16_tensor_tflops power_w release_date launch_price_usd"
    ),
    (Gpu, "m3-max-128"): "memory_gb bandwidth_gb_s reported_memory_mib gpu_cores fp32_tflops",
    (LanguageModel, "qwen3-5-35b-a3b"): (
        "parameters active_parameters native_context extended_context tower_parameters draft_parameters "
        "header_parameters release_date architecture.vocab_size architecture.hidden_size architecture.blocks.0.n "
        "architecture.blocks.0.ffn.experts"
    ),
    (Quant, "q4-k-m"): "name mix bytes_per_weight perplexity perplexity_rise kl_divergence order",
    (Artifact, "qwen3-6-35b-a3b-q8-0-unsloth"): ("size_bytes token_list_bytes label file_name repository seen_in name"),
    (Repository, "bartowski-qwen-qwen3-32b-gguf"): "name publisher labels seen_in",
    (Benchmark, "rtx-3090-trinity-mini-26b-a3b-q4-k-m-llama-cpp-tg128-16k"): (
        "decode_tokens_s context_tokens depth_tokens bandwidth_gb_s parameters active_parameters weights_bytes "
        "active_weights_bytes power_limit_w measured_in quant_label gpu_label"
    ),
    (Popularity, "qwen3-32b"): (
        "name downloads downloads_seen_in likes likes_seen_in pulls pulls_90_days pulls_family pulls_seen_in"
    ),
    (BoardScore, "qwen3-8-27b-arena-text"): "name score entry seen_in data_licence",
    (BoardScore, "qwen3-6-27b-artificial-analysis-v4-1"): "board score",
    (Pick, "pick-24-code"): "name memory_class picked_on",
    (Price, "arc-b580-new-2026-05-08"): "name amount lowest highest seen_in",
    (Benchmark, "a100-80-sxm-llama-2-7b-q4-0-llama-cpp"): "prefill_tokens_s prefill_tokens",
}


class Slip(NamedTuple):
    """One digit of a value gone wrong; `answer` is what the desk says to it, "" for nothing."""

    kind: str
    slug: str
    field: str
    value: str
    slipped: str
    answer: str


def slips(value: Any) -> Iterator[Any]:
    """Ten times a figure, a tenth of it, its first digit one more and one less; digits of text and years so, too."""
    if isinstance(value, date):
        yield from (
            value.replace(year=year) for year in (value.year - 10, value.year + 10, value.year - 1, value.year + 1)
        )
    elif isinstance(value, str):
        yield from (_with_digit(value, place.start(), step) for place in _digits(value) for step in (-1, 1))
    else:
        kind: Callable[[Any], Any] = int if isinstance(value, int) else Decimal
        text = str(value.normalize() if isinstance(value, Decimal) else value)
        first = re.search("[1-9]", text)
        assert first
        yield from (kind(value * 10), value // 10 if kind is int else value / 10)
        yield from (kind(_with_digit(f"{Decimal(text):f}", first.start(), step)) for step in (-1, 1))


def _digits(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"\d", text))[:2]


def _with_digit(text: str, place: int, step: int) -> str:
    return f"{text[:place]}{(int(text[place]) + step) % 10}{text[place + 1 :]}"


def every_slip(row: CatalogRecord, fields: str, others: Others) -> Iterator[Slip]:
    """What is said to each slip in each of some fields of a row."""
    for field in fields.split():
        value = _at(row, field)
        for slipped in slips(value) if value is not None else ():
            yield Slip(row.kind(), row.slug, field, str(value), str(slipped), answer(row, field, slipped, others))


def answer(row: CatalogRecord, field: str, value: Any, others: Others) -> str:
    """The first sentence that refuses or asks about a row with another value in a field; "" where it is saved."""
    changed = _with(row, field, value)
    try:
        changed.full_clean()
    except ValidationError as error:
        return f"refused: {error.messages[0]}"
    asked = unanswered(changed, others)
    return f"asked: {asked[0].says}" if asked else ""


def _at(row: CatalogRecord, field: str) -> Any:
    name, *places = field.split(".")
    value = getattr(row, name)
    for place in places:
        value = value[int(place) if place.isdigit() else place]
    return value


def _with(row: CatalogRecord, field: str, value: Any) -> CatalogRecord:
    changed, (name, *places) = copy.copy(row), field.split(".")
    if places:
        document = copy.deepcopy(getattr(row, name))
        _put(document, places, value)
        value = document
    setattr(changed, name, value)
    return changed


def _put(document: Any, places: list[str], value: Any) -> None:
    *way, last = places
    for place in way:
        document = document[int(place) if place.isdigit() else place]
    document[last] = value


def as_if_new(row: CatalogRecord) -> CatalogRecord:
    """The row as if somebody had typed it: nothing is remembered of a load."""
    new = copy.copy(row)
    new.loaded_record = None
    return new


def printed(answered: list[Slip], of_new: list[Slip]) -> str:
    """The list as text: each slip with what the desk says, then which of them would pass in a row typed anew."""
    lines = [f"{slip.kind} {slip.slug}" if not number else _line(slip) for number, slip in _with_heads(answered)]
    passed = [f"{slip.field} {slip.value} -> {slip.slipped}" for slip in of_new if not slip.answer]
    lines.append(f"Of {len(of_new)} slips in rows that nobody loaded, {len(passed)} pass: {'; '.join(passed)}.")
    return "\n".join(lines)


def _with_heads(answered: list[Slip]) -> Iterator[tuple[int, Slip]]:
    """Each slip with its number, and each row's first with a 0 before it."""
    before = ""
    for number, slip in enumerate(answered, start=1):
        if slip.slug != before:
            yield 0, slip
        before = slip.slug
        yield number, slip


def _line(slip: Slip) -> str:
    return f"  {slip.field:32} {slip.value[:28]:>28} -> {slip.slipped[:28]:28}  {slip.answer or 'SAVED'}"
