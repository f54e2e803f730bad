"""Drafts: how many of each kind there are, and the newest of them."""

import pytest

from catalog.admin.attention.drafts import drafts
from catalog.models import Artifact, Gpu, Repository
from tests.catalog import rows
from tests.catalog.admin.attention.asking import asked_by, superuser
from tests.catalog.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_others() -> None:
    for kind in (Gpu, Artifact, Repository):
        kind.objects.filter(status="draft").delete()


def test_they_are_counted_by_kind_with_a_way_to_their_list() -> None:
    rows.gpu(name="ZZ 1", slug="zz-1", status="draft").save()
    rows.gpu(name="ZZ 2", slug="zz-2", status="draft").save()
    rows.artifact(name="ZZ", slug="zz", status="draft").save()
    tallies = {tally.text: (tally.count, tally.address) for tally in drafts(asked_by(superuser())).tallies}
    assert tallies["GPUs"] == (2, "/admin/catalog/gpu/?status__exact=draft")
    assert tallies["Published files"][0] == 1


def test_the_newest_come_first() -> None:
    for number in (1, 2):
        rows.gpu(name=f"ZZ {number}", slug=f"zz-{number}", status="draft").save()
    first, second, *_ = drafts(asked_by(staff("of cards", "view_gpu"))).entries
    assert [first.text, second.text] == ["ZZ 2", "ZZ 1"]
    assert first.address == f"/admin/catalog/gpu/{Gpu.objects.get(slug='zz-2').pk}/change/"


def test_nothing_is_said_of_kinds_that_one_may_not_look_at() -> None:
    rows.artifact(name="ZZ", slug="zz", status="draft").save()
    part = drafts(asked_by(staff("of cards", "view_gpu")))
    assert (part.count, part.tallies, part.entries) == (0, (), ())
