"""Who changed what lately: by hand, field by field, the latest first."""

import pytest

from catalog.admin.attention.lately import MOST_CHARACTERS, lately
from catalog.admin.attention.part import Entry
from catalog.history import LOADED
from catalog.models import Gpu
from tests.catalog import rows
from tests.catalog.admin.attention.asking import asked_by
from tests.catalog.desk import Desk
from tests.catalog.people import staff

pytestmark = pytest.mark.django_db


def entries() -> list[Entry]:
    user = staff("of cards", "view_gpu")
    shown = [entry for entry in lately(asked_by(user)).entries if entry.text.startswith("ZZ")]
    user.delete()
    return shown


@pytest.fixture
def card(desk: Desk) -> Gpu:
    card = rows.gpu(name="ZZ", slug="zz", launch_price_usd="100.00")
    card.save()
    return card


def test_a_change_has_its_fields_and_who_made_it(desk: Desk, card: Gpu) -> None:
    assert desk.save(card, launch_price_usd="150") == {}
    changed, added = entries()
    assert (changed.who, changed.note) == ("editor", "launch price, US$: 100 → 150.")
    assert added.note == "GPU added."
    assert changed.address == f"/admin/catalog/gpu/{card.pk}/change/"


def test_what_a_load_brought_is_not_by_hand(card: Gpu) -> None:
    card.history.update(history_change_reason=LOADED)
    assert entries() == []


def test_a_record_that_is_gone_has_no_address(card: Gpu) -> None:
    card.delete()
    assert [(entry.note, entry.address) for entry in entries()] == [("GPU deleted.", ""), ("GPU added.", "")]


def test_of_many_fields_the_first_stand_there_and_long_ones_are_cut(card: Gpu) -> None:
    rows.change(Gpu, "zz", notes="n" * 500, power_w=1, pcie="4", ecc="on", gpu_cores=2)
    note = entries()[0].note
    assert note.endswith("; and 2 more.")
    assert "n" * MOST_CHARACTERS not in note
