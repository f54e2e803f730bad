"""What a visitor may ask the calculator, and the sentence at the field where it makes no sense."""

from collections.abc import Container
from decimal import Decimal
from typing import Any

from django import forms

from catalog.snapshot import Snapshot
from fit.kv_cache import CacheType
from fit.needs import account
from fit.ram import NAMES
from fit.settings import refusal
from fit.several_cards import TENSOR_SPLIT

# Far above anything that exists, so that a slip is caught and a figure still fits the page.
MOST_BILLIONS = Decimal(100_000)
MOST_MEMORY_GB = Decimal(100_000)
MOST_BANDWIDTH_GB_S = Decimal(1_000_000)
MOST_CARDS = 64
MOST_CONTEXT = 100_000_000
CACHE_CHOICES = [(kind.value, kind.value) for kind in CacheType]
OFFLOAD_CHOICES = [("layers", "Layers in RAM"), ("experts", "Experts in RAM")]
SPLIT_CHOICES = [(TENSOR_SPLIT, "By tensor: all at once")]
RAM_CHOICES = [(kind.value, name) for kind, name in NAMES.items()]


class PositiveDecimalField(forms.DecimalField):
    """A number above zero and at most `most`, said so in one sentence whatever is wrong."""

    def __init__(self, *, label: str, most: Decimal) -> None:
        sentence = f"This must be a number above 0 and at most {most:,}."
        names = ("invalid", "max_digits", "max_decimal_places", "max_whole_digits", "min_value", "max_value")
        super().__init__(label=label, required=False, max_value=most, error_messages=dict.fromkeys(names, sentence))
        self.sentence = sentence

    def clean(self, value: Any) -> Decimal | None:
        try:
            number: Decimal | None = super().clean(value)
        except (ArithmeticError, forms.ValidationError) as error:
            raise forms.ValidationError(self.sentence) from error
        if number is not None and number < Decimal("0.000001"):
            raise forms.ValidationError(self.sentence)
        return number


class CalculatorForm(forms.Form):
    """A model of the catalog or own parameters, a GPU of the catalog or own memory and bandwidth, cards, quant."""

    model = forms.CharField(label="Model", required=False)
    parameters = PositiveDecimalField(label="Parameters, in billions", most=MOST_BILLIONS)
    active = PositiveDecimalField(label="Active parameters, in billions", most=MOST_BILLIONS)
    gpu = forms.CharField(label="GPU", required=False)
    memory = PositiveDecimalField(label="Memory of one card, in GB", most=MOST_MEMORY_GB)
    bandwidth = PositiveDecimalField(label="Bandwidth, in GB/s", most=MOST_BANDWIDTH_GB_S)
    cards = forms.CharField(label="Number of cards", required=False)
    quant = forms.CharField(label="Quantization", required=False)
    context = forms.CharField(label="Context, in tokens", required=False)
    cache = forms.ChoiceField(label="Cache type", required=False, choices=CACHE_CHOICES)
    split = forms.ChoiceField(label="Split over the cards", required=False, choices=SPLIT_CHOICES)
    offload = forms.ChoiceField(label="Part of it in RAM", required=False, choices=OFFLOAD_CHOICES)
    ram = forms.ChoiceField(label="RAM", required=False, choices=RAM_CHOICES)
    ram_bandwidth = PositiveDecimalField(label="Bandwidth of the RAM, in GB/s", most=MOST_BANDWIDTH_GB_S)

    def __init__(self, data: Any, snapshot: Snapshot) -> None:
        super().__init__(data)
        self.snapshot = snapshot
        for name in ("cache", "split", "offload", "ram"):
            self.fields[name].error_messages["invalid_choice"] = "Choose from the list."

    def clean_model(self) -> str:
        return self._slug("model", self.snapshot.models, "model")

    def clean_gpu(self) -> str:
        return self._slug("gpu", self.snapshot.gpus, "GPU")

    def clean_quant(self) -> str:
        return self._slug("quant", self.snapshot.quant_of, "quantization")

    def clean_cards(self) -> int:
        return self._whole("cards", "The number of cards", MOST_CARDS) or 1

    def clean_context(self) -> int | None:
        return self._whole("context", "The context", MOST_CONTEXT)

    def _whole(self, name: str, words: str, most: int) -> int | None:
        """A whole number from 1 to `most`; None where nothing was typed."""
        text = self.cleaned_data[name].strip()
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 12 or not 1 <= int(text) <= most:
            raise forms.ValidationError(f"{words} must be a whole number from 1 to {most:,}.")
        return int(text)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self._one_of(values, "model", "parameters", "a model", "parameters")
        self._one_of(values, "gpu", "memory", "a GPU", "memory")
        if values.get("parameters") and values.get("active") and values["active"] > values["parameters"]:
            self.add_error("active", "The active parameters must not exceed all parameters.")
        if values.get("active") and not values.get("parameters") and not self.errors:
            self.add_error("active", "Active parameters go with your own parameters, not with a model of the catalog.")
        if values.get("bandwidth") and not values.get("memory") and not self.errors:
            self.add_error("bandwidth", "Bandwidth goes with your own memory, not with a GPU of the catalog.")
        if values.get("split") and values.get("cards") == 1:
            self.add_error("split", "A split by tensor takes two cards or more.")
        self._countable(values)
        self._accepted(values)
        return values

    def _accepted(self, values: dict[str, Any]) -> None:
        """A type of cache must be one that llama.cpp takes for the model."""
        model, cache = self.snapshot.models.get(values.get("model", "")), values.get("cache")
        if cache and model and model.spec.architecture:
            refused = refusal(model.spec.architecture, cache_type=CacheType(cache))
            if refused:
                self.add_error("cache", refused)

    def _countable(self, values: dict[str, Any]) -> None:
        """A quantization that the rule of thumb does not know must be one that the model can be counted at."""
        quant = self.snapshot.quant_of.get(values.get("quant", ""))
        model = self.snapshot.models.get(values.get("model", ""))
        if quant is None or quant.spec.bytes_per_weight is not None or self.errors:
            return
        if model is None or account(model.spec, quant.spec) is None:
            self.add_error(
                "quant",
                f"The rule of thumb does not know {quant.name}, and of this model it cannot be counted. Choose another "
                "quantization, or a model of the catalog.",
            )

    def _one_of(self, values: dict[str, Any], listed: str, own: str, listed_noun: str, own_noun: str) -> None:
        """Exactly one of two fields says what is meant."""
        if listed in self.errors or own in self.errors:
            return
        if values.get(listed) and values.get(own):
            self.add_error(own, f"Either {listed_noun} from the list or your own {own_noun}: leave one of them empty.")
        elif not values.get(listed) and values.get(own) is None:
            self.add_error(listed, f"Choose {listed_noun} from the list, or give your own {own_noun}.")

    def _slug(self, name: str, records: Container[str], noun: str) -> str:
        """The slug that was chosen, "" for none; it must be that of one of `records`."""
        slug = str(self.cleaned_data[name]).strip()
        if slug and slug not in records:
            raise forms.ValidationError(f"There is no {noun} “{slug[:60]}” in the catalog. Choose from the list.")
        return slug
