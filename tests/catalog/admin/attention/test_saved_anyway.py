"""What was saved against a question, with the reason that was given."""

import pytest

from catalog.admin.attention.saved_anyway import saved_anyway
from catalog.models import RECORD_MODELS
from tests.catalog import rows
from tests.catalog.admin.attention.asking import asked_by
from tests.catalog.people import staff

pytestmark = pytest.mark.django_db
QUESTION = {"check": "bus", "says": "384 bits make 1,008 GB/s.", "reason": "The data sheet has 1,010."}


@pytest.fixture(autouse=True)
def _no_others() -> None:
    for kind in RECORD_MODELS:
        kind.objects.update(saved_anyway=[])


def test_each_question_stands_with_its_reason() -> None:
    rows.gpu(name="ZZ 1", slug="zz-1", saved_anyway=[QUESTION, {**QUESTION, "says": "24 is not 25."}]).save()
    rows.gpu(name="ZZ 2", slug="zz-2").save()
    part = saved_anyway(asked_by(staff("of cards", "view_gpu")))
    assert [entry.note for entry in part.entries] == [
        "384 bits make 1,008 GB/s. Kept because: The data sheet has 1,010.",
        "24 is not 25. Kept because: The data sheet has 1,010.",
    ]
    assert {entry.text for entry in part.entries} == {"ZZ 1"}
    assert part.count == 2


def test_who_may_not_look_at_cards_sees_none() -> None:
    rows.gpu(name="ZZ 1", slug="zz-1", saved_anyway=[QUESTION]).save()
    assert saved_anyway(asked_by(staff("of models", "view_languagemodel"))).entries == ()
