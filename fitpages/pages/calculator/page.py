"""The calculator: any model, quantization, GPU and number of cards, by the rule of thumb."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.snapshot import Snapshot
from fit.kv_cache import CacheType
from fitpages import addresses
from fitpages.pages.calculator.fields import (
    SelectField,
    TextField,
    _choice_groups,
    _quant_groups,
    _select,
    _text,
    _typed,
)
from fitpages.pages.calculator.form import CACHE_CHOICES, OFFLOAD_CHOICES, CalculatorForm
from fitpages.pages.calculator.result import Result, _result
from fitpages.pages.common.page import Page
from fitpages.pages.common.picker import gpu_groups, model_groups
from fitpages.pages.common.structured_data import breadcrumb_list, graph
from fitpages.site import Link, absolute


@dataclass(frozen=True, kw_only=True)
class CalculatorPage(Page):
    """Everything that templates/fitpages/calculator.html shows."""

    opening: str
    model_fields: tuple[SelectField | TextField, ...]
    gpu_fields: tuple[SelectField | TextField, ...]
    result: Result | None
    has_errors: bool


def build(snapshot: Snapshot, query: Mapping[str, str]) -> CalculatorPage:
    """The form, with the answer where the query is a question; the snapshot has at least one quantization."""
    form = CalculatorForm(query if query else None, snapshot)
    asked = bool(query) and form.is_valid()
    result = _result(snapshot, form.cleaned_data) if asked else None
    breadcrumbs = (Link("Home", addresses.HOME), Link("Calculator", ""))
    canonical = absolute(result.pair.address if result and result.pair else addresses.CALCULATOR)
    return CalculatorPage(
        title="VRAM calculator: any model, quantization and GPU",
        description=(
            "How much memory a language model needs at each quantization, whether your card or cards hold it, and how "
            "fast it can get. Your own model and card, too."
        ),
        heading="Calculator",
        canonical=canonical,
        breadcrumbs=breadcrumbs,
        structured_data=graph(breadcrumb_list(breadcrumbs, absolute(addresses.CALCULATOR))),
        indexable=not query,
        opening=(
            "Choose a model and a GPU, or give your own figures. By the rule of thumb, and exactly for a model of the "
            "list; every result is a link that you can keep."
        ),
        model_fields=(
            _select(form, "model", "Choose a model", model_groups(snapshot, _typed(form, "model"))),
            _text(form, "parameters", "Or own parameters, in billions", "8.03 for 8.03 billion"),
            _text(form, "active", "Of them active, in billions", "for a mixture of experts"),
            _select(form, "quant", "The best that fits", _quant_groups(snapshot, _typed(form, "quant"))),
            _text(form, "context", "Context, in tokens", "8,192 where left empty; for a model of the list"),
            _select(
                form,
                "cache",
                CacheType.F16,
                _choice_groups("Cache types", CACHE_CHOICES[1:], _typed(form, "cache")),
            ),
        ),
        gpu_fields=(
            _select(form, "gpu", "Choose a GPU", gpu_groups(snapshot, _typed(form, "gpu"))),
            _text(form, "memory", "Or own memory, in GB", "the number on the box, of one card"),
            _text(form, "bandwidth", "Own bandwidth, in GB/s", "for the speed"),
            _text(form, "cards", "Number of cards", "equal ones; 1 where left empty"),
            _select(form, "offload", "Nothing", _choice_groups("Offload", OFFLOAD_CHOICES, _typed(form, "offload"))),
        ),
        result=result,
        has_errors=bool(query) and not asked,
    )
