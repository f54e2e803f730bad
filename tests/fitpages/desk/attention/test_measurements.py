"""Measurements outside the range of their estimate are listed, those furthest away first."""

import pytest

from catalog import snapshot as catalog_snapshot
from catalog.snapshot import Snapshot
from fitpages.desk.attention.measurements import measurements
from tests.catalog import rows
from tests.catalog.admin.attention.asking import asked_by, superuser
from tests.catalog.people import staff

pytestmark = pytest.mark.django_db


def test_a_speed_that_cannot_be_comes_first_and_one_that_agrees_not_at_all() -> None:
    wrong = rows.benchmark(name="ZZ 1", slug="zz-1", gpu_label="ZZ", decode_tokens_s="9000")
    wrong.save()
    part = measurements(asked_by(superuser()), catalog_snapshot.current())
    first = part.entries[0]
    assert first.address == f"/admin/catalog/benchmark/{wrong.pk}/change/"
    assert first.note.startswith("9,000 tokens/s, ")
    before = part.count
    wrong.decode_tokens_s = "5"
    wrong.save()
    assert (
        measurements(asked_by(staff("of measurements", "view_benchmark")), catalog_snapshot.current()).count
        == before - 1
    )


def test_who_may_not_look_at_measurements_sees_none(snapshot: Snapshot) -> None:
    assert measurements(asked_by(staff("of cards", "view_gpu")), snapshot).count == 0
