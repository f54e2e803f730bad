"""`manage.py propose_picks`: lines that load as they are."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from catalog.models import Pick
from fit.ram import RamKind
from fitpages.management.commands.propose_picks import class_ram
from tests.catalog.data_files import DataFiles

pytestmark = pytest.mark.django_db


def proposal() -> list[str]:
    out = StringIO()
    call_command("propose_picks", stdout=out)
    return out.getvalue().splitlines()


def test_lines_are_in_order_each_with_a_source_and_a_reason() -> None:
    records = [json.loads(line) for line in proposal()]
    slugs = [record["slug"] for record in records]
    assert slugs == sorted(set(slugs))
    assert all(record["sources"][0].startswith("https://") for record in records)
    assert all(20 < len(record["reason"]) <= 200 for record in records)


def test_what_it_prints_can_be_loaded(tmp_path: Path) -> None:
    lines = proposal()
    Pick.objects.all()._raw_delete("default")
    files = DataFiles(tmp_path / "data")
    files.write("picks.jsonl", lines)
    files.load()
    assert Pick.objects.count() == len(lines)


@pytest.mark.parametrize(("memory_gb", "gib"), [(8, 32), (16, 32), (24, 64), (32, 64)])
def test_larger_cards_are_held_against_more_ram(memory_gb: int, gib: int) -> None:
    assert class_ram(memory_gb) == (gib, RamKind.DDR5_2)
