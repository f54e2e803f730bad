"""Files off their computed size are listed, those furthest off first."""

import pytest

from catalog import snapshot as catalog_snapshot
from catalog.admin.attention.part import Part
from catalog.models import Artifact
from catalog.snapshot import Snapshot
from fitpages.desk.attention.files import files
from fitpages.matching.files import files_off
from tests.catalog import rows
from tests.catalog.admin.attention.asking import asked_by, superuser
from tests.catalog.people import staff

pytestmark = pytest.mark.django_db


def save(name: str, size_bytes: int) -> Artifact:
    """A file of a model that has none at this level in the starting catalog."""
    slug = name.lower().replace(" ", "-")
    row = rows.artifact(name=name, slug=slug, size_bytes=size_bytes, repository=f"zz/{slug}", publisher="ZZ")
    row.save()
    return row


def of_test(part: Part) -> list[tuple[str, str]]:
    return [(entry.address, entry.note) for entry in part.entries if entry.text.endswith("ZZ")]


@pytest.fixture
def computed() -> int:
    """Bytes that the tensors of the model make."""
    save("ZZ probe", 1_000)
    (probe,) = (sized for sized in files_off(catalog_snapshot.current(), 0.02) if sized.file.slug == "zz-probe")
    Artifact.objects.get(slug="zz-probe").delete()
    return probe.computed_bytes


def test_only_what_is_off_by_over_two_percent_is_there(computed: int) -> None:
    save("ZZ right", computed * 101 // 100)
    less, more = save("ZZ less", computed * 95 // 100), save("ZZ more", computed * 120 // 100)
    part = files(asked_by(superuser()), catalog_snapshot.current())
    shown = of_test(part)
    assert [address for address, _ in shown] == [f"/admin/catalog/artifact/{row.pk}/change/" for row in (more, less)]
    assert shown[0][1].startswith("+20.0%: ")
    assert shown[1][1].startswith("−5.0%: ")


def test_who_may_not_look_at_files_sees_none(snapshot: Snapshot) -> None:
    assert files(asked_by(staff("of cards", "view_gpu")), snapshot).count == 0
