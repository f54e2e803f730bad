"""Forty edits of an editor, then a newer release: kept by field, conflicts reported, and the site starts."""

import json

import pytest
from django.test import Client

from catalog.interchange.load import LoadReport
from catalog.models import Gpu
from tests.catalog.data_files import GPUS, DataFiles
from tests.catalog.few_files import FEW
from tests.catalog.rows import change, gpu

pytestmark = pytest.mark.django_db

EDITS = 40
CONFLICTS = 10


def cards(files: DataFiles) -> list[str]:
    return [json.loads(line)["slug"] for line in files.lines(GPUS)][:EDITS]


def edit(files: DataFiles) -> None:
    """A note for every card, a bandwidth of some, and a card that the next release ships under another address."""
    for place, slug in enumerate(cards(files)):
        row = Gpu.objects.get(slug=slug)
        change(Gpu, slug, editor_notes="Looked at.", **({"power_w": 77} if place < CONFLICTS else {}))
        assert row.power_w != 77
    gpu(name="New Card", slug="new-card-by-hand").save()


def next_release(files: DataFiles) -> None:
    """Another power of every card that was edited, and a new card."""
    lines = [json.loads(line) for line in files.lines(GPUS)]
    for record in lines[:EDITS]:
        record["power_w"] = 78
    new = {**lines[0], "slug": "new-card", "name": "New Card"}
    files.write(GPUS, [json.dumps(record) for record in [*lines, new]])


def test_forty_edits_and_a_newer_release(files: DataFiles) -> None:
    edit(files)
    next_release(files)
    report = files.load()
    kept = EDITS + CONFLICTS
    expected = LoadReport(0, EDITS - CONFLICTS, FEW - EDITS, CONFLICTS + 1, report.remarks, kept)
    assert report == expected
    edited = list(Gpu.objects.filter(slug__in=cards(files)).order_by("slug").values_list("editor_notes", "power_w"))
    assert sorted(edited) == [("Looked at.", 77)] * CONFLICTS + [("Looked at.", 78)] * (EDITS - CONFLICTS)
    conflicts = [remark for remark in report.remarks if "is 77 here, the file now has 78" in remark]
    assert len(conflicts) == CONFLICTS
    assert report.remarks[-1].endswith("record new-card: left out, for name New Card is that of new-card-by-hand here.")
    page = Client().get("/gpus/new-card-by-hand/")
    assert page.status_code == 200
    assert files.load() == LoadReport(0, 0, FEW - EDITS, EDITS + 1, report.remarks[-1:], kept)
