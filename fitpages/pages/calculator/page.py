"""The calculator: any model, level, GPU and number of cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from fit.kv_cache import CacheType
from fitpages import addresses
from fitpages.pages.calculator.fields import (
    SelectField,
    TextField,
    choice_groups,
    quant_groups,
    select_field,
    text_field,
    typed_text,
)
from fitpages.pages.calculator.form import CACHE_CHOICES, OFFLOAD_CHOICES, RAM_CHOICES, SPLIT_CHOICES, CalculatorForm
from fitpages.pages.calculator.result import Result, calculate
from fitpages.pages.common.page import Page
from fitpages.pages.common.picker import gpu_groups, model_groups


@dataclass(frozen=True, kw_only=True)
class CalculatorPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/calculator/page.html"

    opening: str
    model_fields: tuple[SelectField | TextField, ...]
    gpu_fields: tuple[SelectField | TextField, ...]
    result: Result | None
    has_errors: bool


def build(snapshot: Snapshot, query: Mapping[str, str]) -> CalculatorPage:
    """The form, with the answer where the query is a question; the snapshot has at least one quantization."""
    form = CalculatorForm(query if query else None, snapshot)
    is_answered = bool(query) and form.is_valid()
    result = calculate(snapshot, form.cleaned_data) if is_answered else None
    return CalculatorPage(
        title="VRAM calculator: any model, quantization and GPU",
        description=(
            "How much memory a language model needs at each quantization, whether your card or cards hold it, and how "
            "fast it can get. Your own model and card, too."
        ),
        heading="Calculator",
        address=addresses.CALCULATOR,
        crumb="Calculator",
        canonical_address=result.pair.address if result and result.pair else "",
        indexable=not query,
        opening=(
            "Choose a model and a GPU, or give your own figures. A model of the list is counted, of your own "
            "the rule of thumb gives an idea; every result is a link that you can keep."
        ),
        model_fields=(
            select_field(form, "model", "Choose a model", model_groups(snapshot, typed_text(form, "model"))),
            text_field(form, "parameters", "Or own parameters, in billions", "8.03 for 8.03 billion"),
            text_field(form, "active", "Of them active, in billions", "for a mixture of experts"),
            select_field(form, "quant", "The one advised", quant_groups(snapshot, typed_text(form, "quant"))),
            text_field(form, "context", "Context, in tokens", "8,192 where left empty; for a model of the list"),
            _choice(form, "cache", CacheType.F16, "Cache types", CACHE_CHOICES[1:]),
        ),
        gpu_fields=(
            select_field(form, "gpu", "Choose a GPU", gpu_groups(snapshot, typed_text(form, "gpu"))),
            text_field(form, "memory", "Or own memory, in GB", "the number on the box, of one card"),
            text_field(form, "bandwidth", "Own bandwidth, in GB/s", "for the speed"),
            text_field(form, "cards", "Number of cards", "equal ones; 1 where left empty"),
            _choice(form, "split", "By layer: one after the other", "Splits", SPLIT_CHOICES),
            _choice(form, "offload", "Nothing", "Offload", OFFLOAD_CHOICES),
            _choice(form, "ram", "Not said: both usual ends", "Kinds of RAM", RAM_CHOICES),
            text_field(form, "ram_bandwidth", "Or own RAM bandwidth, in GB/s", "of all channels; for a part in RAM"),
        ),
        result=result,
        has_errors=bool(query) and not is_answered,
    )


def _choice(form: CalculatorForm, name: str, empty: str, label: str, choices: Sequence[tuple[str, str]]) -> SelectField:
    """A field with a short list of its own."""
    return select_field(form, name, empty, choice_groups(label, choices, typed_text(form, name)))
