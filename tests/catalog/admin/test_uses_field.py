"""Uses are ticked: kept as one text, in the order of the set, through every way that a form goes."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from catalog.admin.conflict import BOTH, THEIRS, YOURS
from catalog.admin.uses_field import UsesField
from catalog.history import changes
from catalog.models import LanguageModel
from catalog.models.uses import Use
from tests.catalog.desk import Desk, desk_of
from tests.catalog.rows import language_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> LanguageModel:
    model = language_model(status="draft", parameters=8_114_688, uses="chat vision")
    model.save()
    return model


@pytest.fixture
def other() -> Desk:
    return desk_of(User.objects.create(username="other", is_staff=True, is_superuser=True))


def uses(row: LanguageModel) -> str:
    return LanguageModel.objects.get(pk=row.pk).uses


def test_a_form_has_a_box_for_each_use_and_those_of_the_row_are_ticked(desk: Desk, row: LanguageModel) -> None:
    page = desk.page(row).content.decode()
    assert page.count('type="checkbox" name="uses"') == len(Use.values)
    assert desk.opened(row)["uses"] == ["chat", "vision"]


@pytest.mark.parametrize(
    ("ticked", "kept"),
    [(["vision", "code"], "code vision"), ([], ""), (["moderation", "chat", "chat"], "chat moderation")],
)
def test_what_is_ticked_is_kept_in_the_order_of_the_set(
    desk: Desk, row: LanguageModel, ticked: list[str], kept: str
) -> None:
    assert desk.save(row, uses=ticked) == {}
    assert uses(row) == kept


def test_all_of_them_fit(desk: Desk, row: LanguageModel) -> None:
    assert desk.save(row, uses=Use.values) == {}
    assert uses(row).split() == Use.values


def test_a_word_that_is_no_use_is_refused(desk: Desk, row: LanguageModel) -> None:
    errors = desk.save(row, uses=["chat", "poetry"])
    assert errors == {"uses": ["Select a valid choice. poetry is not one of the available choices."]}
    assert uses(row) == "chat vision"


def test_another_order_in_the_row_is_no_change(desk: Desk, row: LanguageModel) -> None:
    LanguageModel.objects.filter(pk=row.pk).update(uses="vision chat")
    states = row.history.count()
    assert desk.save(row) == {}
    assert (uses(row), row.history.count()) == ("vision chat", states)
    assert not UsesField().has_changed("vision chat", ["chat", "vision"])
    assert UsesField().has_changed("vision chat", ["chat"])


def test_history_says_them_in_words(desk: Desk, row: LanguageModel) -> None:
    desk.save(row, uses=["code", "vision"])
    (change,) = changes(row)[0].fields
    assert (change.label, change.before, change.after) == ("uses", "Chat, Pictures", "Code, Pictures")


def test_two_editors_who_tick_different_boxes_are_shown_both(desk: Desk, other: Desk, row: LanguageModel) -> None:
    sent = desk.opened(row)
    other.save(row, uses=["chat", "vision", "code"])
    answer = desk.send(row, {**sent, "uses": ["chat"]})
    (field,) = answer.context["adminform"].form.conflict.fields
    assert field[2:] == ("Chat, Pictures", "Chat, Code, Pictures", "Chat", BOTH)
    shown = answer.context["adminform"].form
    assert shown["uses"].value() == ["chat"], "what was ticked is ticked still"
    merged = {**sent, "uses": ["chat"], "_merge": "1", "seen_state": str(shown.conflict.newest)}
    assert desk.send(row, merged).status_code == 302
    assert uses(row) == "chat"


def test_boxes_that_nobody_touched_stay_as_another_left_them(desk: Desk, other: Desk, row: LanguageModel) -> None:
    sent: dict[str, Any] = desk.opened(row)
    other.save(row, uses=["code"])
    sent["licence"] = "MIT"
    shown = desk.send(row, sent).context["adminform"].form
    assert {field.name: field.whose for field in shown.conflict.fields} == {"uses": THEIRS, "licence": YOURS}
    merged = {**sent, "_merge": "1", "seen_state": str(shown.conflict.newest)}
    assert desk.send(row, merged).status_code == 302
    assert uses(row) == "code"


def test_a_word_that_cannot_be_is_said_in_a_conflict_as_it_came(desk: Desk, other: Desk, row: LanguageModel) -> None:
    sent = desk.opened(row)
    other.save(row, uses=["code"])
    answer = desk.send(row, {**sent, "uses": ["poetry"]})
    (field,) = answer.context["adminform"].form.conflict.fields
    assert "poetry" in field.typed


def test_a_copy_has_the_same_boxes_ticked(desk: Desk, row: LanguageModel) -> None:
    form = desk.client.get(f"/admin/catalog/languagemodel/add/?copy_of={row.pk}").context["adminform"].form
    assert form["uses"].value() == ["chat", "vision"]


def test_a_state_is_taken_back_with_all_its_uses(desk: Desk, row: LanguageModel) -> None:
    first = row.history.first()
    desk.save(row, uses=[])
    address = f"/admin/catalog/languagemodel/{row.pk}/history/{first.history_id}/"
    answer = desk.client.post(address, {"take": ["uses"], "opened_state": str(row.history.first().history_id)})
    assert answer.status_code == 302
    assert uses(row) == "chat vision"
