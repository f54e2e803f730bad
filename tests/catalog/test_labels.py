"""Labels of the desk say the unit, and write names as their vendors do."""

import pytest
from django.db import models

from catalog.labels import label
from catalog.models import RECORD_MODELS, Benchmark, Gpu

# The unit that the end of a field's name stands for; the longest first.
UNITS = {
    "_tokens_s": ", tokens/s",
    "_gb_s": ", GB/s",
    "_gbps": ", Gbit/s",
    "_bytes": ", bytes",
    "_tflops": ", TFLOPS",
    "_tokens": ", tokens",
    "_bits": ", bits",
    "_mib": ", MiB",
    "_usd": ", US$",
    "_gb": ", GB",
    "_w": ", W",
}
NUMBERS = (models.IntegerField, models.DecimalField)


def numbers() -> list[tuple[type[models.Model], str]]:
    return [(kind, field.name) for kind in RECORD_MODELS for field in kind._meta.fields if isinstance(field, NUMBERS)]


@pytest.mark.parametrize(("kind", "name"), numbers())
def test_a_figure_that_has_a_unit_says_it(kind: type[models.Model], name: str) -> None:
    unit = next((said for ending, said in UNITS.items() if name.endswith(ending)), "")
    assert label(kind, name).endswith(unit)


@pytest.mark.parametrize("kind", RECORD_MODELS)
def test_short_names_are_in_capitals_as_people_write_them(kind: type[models.Model]) -> None:
    wrong = ("gpu", "pcie", "vram", "cuda", "tflops", "mib", "ram", "fp16", "fp32", "usd", "kl ", "id")
    labels = [label(kind, field.name) for field in kind._meta.fields if field.name != "id"]
    assert [text for text in labels if any(f" {word} " in f" {text} " for word in wrong)] == []


def test_choices_are_written_as_their_vendors_write_them() -> None:
    assert {"NVIDIA", "AMD"} <= set(Gpu.Vendor.labels)
    assert "LPDDR5X" in Benchmark.RamKind.labels
