"""Former addresses of a file lead on here, unless something here has them."""

from typing import Any

import pytest

from catalog.interchange import former_addresses
from catalog.interchange.placed_records import InterchangeError
from catalog.interchange.records import to_line
from catalog.models import CatalogRevision, Gpu, RetiredSlug
from tests.catalog.rows import change
from tests.catalog.small_files import SmallFiles

pytestmark = pytest.mark.django_db


def led(slug: str = "old", successor: str = "c-1", **facts: Any) -> dict[str, Any]:
    return {"kind": "gpu", "slug": slug, "successor": successor, **facts}


def load(files: SmallFiles, *records: dict[str, Any]) -> dict[str, str]:
    """Where former addresses of cards lead after a load."""
    files.write(former_addresses.FILE_NAME, [to_line(record) for record in records])
    files.load()
    return dict(RetiredSlug.objects.filter(kind="gpu").values_list("slug", "successor"))


def test_they_lead_where_the_file_says_and_the_catalog_has_a_new_revision_once(small_files: SmallFiles) -> None:
    records = [led(), led("gone", "", why="deleted", was_public=False, name="Gone")]
    before = CatalogRevision.current_token()
    assert load(small_files, *records) == {"old": "c-1", "gone": ""}
    assert RetiredSlug.objects.get(slug="gone").name == "Gone"
    after = CatalogRevision.current_token()
    assert after != before
    load(small_files, *records)
    assert CatalogRevision.current_token() == after


def test_what_is_here_comes_first(small_files: SmallFiles) -> None:
    change(Gpu, "c-1", slug="c-one")
    records = [led("c-2", "c-3"), led("c-1", "c-3"), led(), led("lost", "never")]
    assert load(small_files, *records) == {"c-1": "c-one", "old": "c-one"}
    assert Gpu.objects.filter(slug="c-2").exists()


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (led(colour="red"), "field colour: there is no such field."),
        (led(was_public="yes"), 'field was_public: true or false is expected, not "yes".'),
        (led(successor=4), "field successor: a text is expected, not 4."),
        (led(kind="car"), 'field kind: there is no kind "car".'),
        (led(why="lost"), 'field why: there is no why "lost".'),
        (led(slug=""), "a former address has a kind, a slug and a successor."),
    ],
)
def test_what_is_no_former_address_is_refused(small_files: SmallFiles, record: dict[str, Any], words: str) -> None:
    with pytest.raises(InterchangeError) as caught:
        load(small_files, record)
    assert str(caught.value).endswith(words)
