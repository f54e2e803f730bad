"""A form that is saved as it was changes nothing in any column of any table, and names no field."""

import json
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.utils.text import capfirst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.history import changes
from catalog.labels import label
from catalog.models import (
    RECORD_MODELS,
    Artifact,
    Benchmark,
    BoardScore,
    CatalogRecord,
    CatalogRevision,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Quant,
)
from catalog.models import Repository as Repo
from tests.catalog.desk import Desk
from tests.catalog.rows import (
    artifact,
    benchmark,
    board_score,
    gpu,
    language_model,
    pick,
    popularity,
    price,
    quant,
    repository,
)

pytestmark = pytest.mark.django_db

MAKERS: dict[type[CatalogRecord], Any] = {
    **{Gpu: gpu, LanguageModel: language_model, Quant: quant},
    **{Artifact: artifact, Repo: repository, Benchmark: benchmark},
    **{Popularity: popularity, BoardScore: board_score, Price: price, Pick: pick},
}
# What data files may have and browsers send otherwise: blanks at the ends, new lines, an empty first line.
ODD_TEXT = st.text(alphabet="ab \n\t\u00a0é", max_size=12)
FIGURES = {
    Gpu: {"memory_gb": "24.00", "usable_share": "0.950", "release_date": "2024-05-31", "launch_price_usd": 1599},
    LanguageModel: {"release_date": "2024-05-31", "native_context": 131072},
    Quant: {"bytes_per_weight": "0.3000", "perplexity_rise": "0.0500"},
    Artifact: {"rounding_bytes": 10_000_000},
    Repo: {},
    Popularity: {"downloads": 3_854_978},
    BoardScore: {"score": "41.50"},
    Price: {"amount": "2500.0000", "lowest": "2400.0000", "highest": "2600.5000"},
    Pick: {"picked_on": "2026-09-05"},
    Benchmark: {"decode_tokens_s": "5.500", "measured_in": "2024-05", "depth_tokens": 0},
}
TEXTS = (
    "full_name",
    "vendor",
    "family",
    "licence",
    "notes",
    "editor_notes",
    "sources",
    "quality",
    "trust",
    "labels",
    "remark",
    "reason",
    "entry",
)


def traces(kind: type[CatalogRecord]) -> tuple[Any, ...]:
    """Whatever a save of a row leaves: its columns, its states, the catalog's revision, the log."""
    rows = list(kind.objects.order_by("pk").values())
    return rows, kind.history.count(), CatalogRevision.current_token(), LogEntry.objects.count()


@pytest.mark.parametrize("kind", RECORD_MODELS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ODD_TEXT)
def test_a_form_saved_as_it_was_changes_nothing(desk: Desk, kind: type[CatalogRecord], text: str) -> None:
    with transaction.atomic():
        row = MAKERS[kind](status="draft", **FIGURES[kind])
        for name in {column.name for column in row._meta.fields if not column.choices}.intersection(TEXTS):
            setattr(row, name, f" {text}x{text}")
        row.save()
        before = traces(kind)
        assert desk.save(row) == {}
        assert traces(kind) == before
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", RECORD_MODELS)
def test_nor_does_a_row_of_the_starting_catalog(desk: Desk, kind: type[CatalogRecord]) -> None:
    before = traces(kind)
    for row in kind.objects.order_by("pk")[:3]:
        assert desk.save(row) == {}
    assert traces(kind) == before


def test_json_that_was_only_indented_anew_is_no_change(desk: Desk) -> None:
    row = language_model(status="draft")
    row.save()
    before = traces(LanguageModel)
    assert desk.save(row, architecture=json.dumps(row.architecture, indent=8, sort_keys=True)) == {}
    assert traces(LanguageModel) == before


def test_the_log_names_the_field_that_was_changed_and_no_other(desk: Desk) -> None:
    row = gpu(status="draft", notes="two\nlines", editor_notes=" blanks ", memory_gb="24.00")
    row.save()
    assert desk.save(row, power_w="450") == {}
    assert LogEntry.objects.get().get_change_message() == f"Changed {capfirst(label(Gpu, 'power_w'))}."
    assert [change.name for change in changes(row)[0].fields] == ["power_w"]
    row.refresh_from_db()
    assert row.editor_notes == " blanks "
