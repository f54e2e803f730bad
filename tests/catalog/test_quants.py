"""Which quantizations an editor's form refuses: when one is shown, and which is the default."""

import importlib
from typing import Any

import pytest
from django.apps import apps

from catalog.interchange.load import load_catalog
from catalog.interchange.records import digest, to_record
from catalog.interchange.references import References
from catalog.models import Artifact, Benchmark, Quant, RetiredSlug
from tests.catalog.rows import change, quant, refusals

pytestmark = pytest.mark.django_db


def test_a_default_quantization_that_is_a_draft_is_refused() -> None:
    Quant.objects.filter(is_default=True).update(is_default=False)
    sentence = "The default quantization must be published: make another one the default first."
    assert refusals(quant(is_default=True, status="draft")) == {"is_default": [sentence]}


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        (
            {"bytes_per_weight": None},
            "bytes_per_weight",
            "What is shown always stands in the rule of thumb's table: it needs bytes per weight.",
        ),
        (
            {"shown": "lower", "bytes_per_weight": None},
            "worth_recommending",
            "What is shown only when nothing better fits cannot be worth recommending.",
        ),
        ({"shown": "folded", "is_default": True}, "shown", "The default quantization must be shown always."),
    ],
)
def test_when_a_quantization_is_shown_must_go_with_what_it_is(facts: dict[str, Any], field: str, sentence: str) -> None:
    Quant.objects.filter(is_default=True).update(is_default=False)
    assert refusals(quant(**facts)) == {field: [sentence]}


def test_a_quantization_that_the_rule_does_not_know_is_accepted_where_it_is_not_shown_always() -> None:
    quant(shown="folded", bytes_per_weight=None).full_clean()
    quant(shown="lower", bytes_per_weight=None, worth_recommending=False).full_clean()


def test_a_second_default_quantization_is_refused() -> None:
    sentence = "Another quantization is the default. Tick this one in the list and choose “Make it the default”."
    assert refusals(quant(is_default=True)) == {"is_default": [sentence]}


def test_another_default_quantization_is_accepted_once_the_first_has_lost_the_mark() -> None:
    Quant.objects.filter(is_default=True).update(is_default=False)
    quant(is_default=True).full_clean()


def test_an_older_catalog_gets_gaps_in_its_order_and_keeps_what_editors_changed() -> None:
    """As the rows were before there was more than the table of six."""
    of_others = Benchmark.objects.filter(quant__in=Quant.objects.exclude(shown="always")).count()
    Quant.objects.exclude(shown="always").delete()
    RetiredSlug.objects.all().delete()
    for place, row in enumerate(Quant.objects.order_by("order"), start=1):
        row.order = place
        row.loaded_digest = _digest_before(row)
        row.save()
    change(Quant, "q4-k-m", quality="In an editor's words.")
    importlib.import_module("catalog.migrations.0006_gaps_in_the_order").make_gaps(apps, None)
    report = load_catalog()
    with_them = Artifact.objects.filter(quant__in=Quant.objects.exclude(shown="always")).count()
    assert (report.created, report.updated, report.kept) == (19 + with_them, 0, 1 + of_others)
    assert Quant.objects.get(slug="q4-k-m").quality == "In an editor's words."
    assert list(Quant.objects.filter(shown="always").values_list("order", flat=True)) == [10, 20, 30, 40, 50, 60]
    assert Quant.objects.count() == 25


def _digest_before(row: Quant) -> str:
    """Of the record as it was without the fields that came with the further quantizations."""
    record = to_record(row, References())
    return digest({name: value for name, value in record.items() if name not in {"needs_imatrix", "shown"}})
