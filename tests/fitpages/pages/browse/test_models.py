"""The list of models: filtered, sorted, each with the smallest common card that holds it."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.pages.browse import models
from fitpages.pages.browse.models import ModelRow
from fitpages.site import Link
from tests.fitpages.levels import with_native


def rows(small: Snapshot, **query: str) -> dict[str, ModelRow]:
    return {row.name: row for row in models.build(small, query).rows}


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["Mixture 30B", "Large 70B", "Small 8B", "Closed 100B"]),
        ("name", ["Closed 100B", "Large 70B", "Mixture 30B", "Small 8B"]),
        ("size", ["Small 8B", "Mixture 30B", "Large 70B", "Closed 100B"]),
        ("-size", ["Closed 100B", "Large 70B", "Mixture 30B", "Small 8B"]),
        ("context", ["Closed 100B", "Large 70B", "Mixture 30B", "Small 8B"]),
        ("released", ["Closed 100B", "Small 8B", "Large 70B", "Mixture 30B"]),
        ("nothing", ["Mixture 30B", "Large 70B", "Small 8B", "Closed 100B"]),
    ],
)
def test_the_list_is_sorted(small: Snapshot, sort: str, names: list[str]) -> None:
    assert list(rows(small, sort=sort)) == names


def test_a_row_says_what_is_known(small: Snapshot) -> None:
    assert rows(small)["Mixture 30B"] == ModelRow(
        name="Mixture 30B",
        address="/models/mixture-30b/",
        parameters="30.5B, 3.4B active",
        context="32K tokens, 128K with rope scaling",
        licence="Apache 2.0",
        released="Apr 2025",
        takes="17.9",
        takes_note="",
        card=Link("RTX 24", "/run/mixture-30b-on-rtx-24/"),
    )


def test_a_row_says_what_is_not_known(small: Snapshot) -> None:
    closed = rows(small)["Closed 100B"]
    assert (closed.licence, closed.released, closed.context) == ("not known", "not known", "not known")
    assert (closed.takes, closed.takes_note) == ("—", "")


def test_the_list_is_filtered_and_then_not_indexed(small: Snapshot) -> None:
    assert list(rows(small, licence="Apache 2.0", size="3-9")) == ["Small 8B"]
    assert models.build(small, {}).indexable
    assert not models.build(small, {"size": "3-9"}).indexable


def test_a_model_made_in_four_bits_says_at_which_level_it_takes_that(monkeypatch: pytest.MonkeyPatch) -> None:
    native = rows(with_native(monkeypatch))["Native 30B"]
    assert (native.takes, native.takes_note) == ("15.9", "at MXFP4")
