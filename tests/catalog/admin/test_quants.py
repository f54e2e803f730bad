"""The default quantization is moved from one to another, and never taken away."""

from typing import Any

import pytest

from catalog.admin.quants import CHOOSE_ONE, LAST_DEFAULT
from catalog.models import CatalogRevision, Quant
from tests.catalog.desk import Desk

pytestmark = pytest.mark.django_db


def row(slug: str) -> Quant:
    return Quant.objects.get(slug=slug)


def test_the_mark_is_not_taken_away_by_hand(desk: Desk) -> None:
    form = desk.page(row("q4-k-m")).context["adminform"].form
    answer = desk.client.post(
        f"/admin/catalog/quant/{row('q4-k-m').pk}/change/",
        {field.html_name: field.value() or "" for field in form if field.name != "is_default"},
    )
    assert answer.context["adminform"].form.errors["is_default"] == [LAST_DEFAULT]
    assert row("q4-k-m").is_default


def ask(desk: Desk, slug: str) -> Any:
    """The page that choosing the action for one row leads to."""
    return desk.ask("make_default", row(slug))


def defaults() -> list[str]:
    return list(Quant.objects.filter(is_default=True).values_list("slug", flat=True))


def take_back(desk: Desk, slug: str, back: int = 1) -> Any:
    """Take the newest change of a row back from its history, or so many of them."""
    newest, *older = row(slug).history.values_list("history_id", flat=True)
    address = f"/admin/catalog/quant/{row(slug).pk}/history/{older[back - 1]}/"
    return desk.client.post(address, {"take": "is_default", "opened_state": newest}, follow=True)


def test_the_action_says_first_what_it_changes_and_changes_nothing(desk: Desk) -> None:
    before, states = CatalogRevision.current_token(), Quant.history.count()
    answer = ask(desk, "q5-k-m")
    assert [(str(other), [field[2:] for field in fields]) for other, fields in _others(answer)] == [
        ("Q4_K_M", [("yes", "no")])
    ]
    assert [field[0] for field in answer.context["typed"].fields] == ["is_default"]
    assert "Saved with it: Q4_K_M, default yes → no." in " ".join(answer.content.decode().split())
    assert answer.context["effects"].changed > 0
    assert (defaults(), CatalogRevision.current_token(), Quant.history.count()) == (["q4-k-m"], before, states)


def _others(answer: Any) -> Any:
    return answer.context["typed"].fields_of_others


def test_the_mark_is_moved_as_one_change_that_both_histories_have(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bumps: list[int] = []
    monkeypatch.setattr(CatalogRevision.objects, "update_or_create", lambda **_: bumps.append(1))
    form = ask(desk, "q5-k-m").context["form"]
    assert desk.client.post(form.address, {**dict(form.carried), "_save": "Save"}).status_code == 302
    assert defaults() == ["q5-k-m"]
    assert bumps == [1]
    lost, got = (row(slug).history.first() for slug in ("q4-k-m", "q5-k-m"))
    assert (lost.is_default, got.is_default) == (False, True)
    assert lost.history_change_reason == "The default is Q5_K_M now."
    assert {state.history_user.username for state in (lost, got)} == {"editor"}


@pytest.mark.parametrize("slug", ["q4-k-m", "q5-k-m"])
def test_the_move_is_taken_back_from_either_history(desk: Desk, slug: str) -> None:
    desk.save(row("q5-k-m"), is_default="on")
    assert "Taken back to the state of" in str(list(take_back(desk, slug).context["messages"])[-1])
    assert defaults() == ["q4-k-m"]
    assert [row(of).history.first().is_default for of in ("q4-k-m", "q5-k-m")] == [True, False]


def test_the_mark_goes_back_to_the_one_that_had_it_last(desk: Desk) -> None:
    desk.save(row("q5-k-m"), is_default="on")
    desk.save(row("q6-k"), is_default="on")
    take_back(desk, "q6-k")
    assert defaults() == ["q5-k-m"]


def test_the_mark_does_not_go_back_to_what_cannot_be_the_default_any_more(desk: Desk) -> None:
    desk.save(row("q5-k-m"), is_default="on")
    former = row("q4-k-m")
    former.shown = "folded"
    former.save()
    answer = take_back(desk, "q5-k-m")
    assert answer.context["adminform"].form.errors["is_default"] == [
        "Q4_K_M: The default quantization must be shown always."
    ]
    assert defaults() == ["q5-k-m"]


def test_the_form_moves_the_mark_too_and_shows_its_effects(desk: Desk) -> None:
    sent = {**desk.opened(row("q5-k-m")), "is_default": "on"}
    answer = desk.client.post(f"/admin/effects/quant/{row('q5-k-m').pk}/", sent)
    assert [str(other) for other, _ in _others(answer)] == ["Q4_K_M"]
    assert defaults() == ["q4-k-m"]
    assert desk.save(row("q5-k-m"), is_default="on") == {}
    assert defaults() == ["q5-k-m"]


def test_the_default_is_made_it_once(desk: Desk) -> None:
    assert desk.act("make_default", row("q4-k-m")) == ["Q4_K_M is the default already."]


def test_what_is_not_always_shown_is_not_made_the_default(desk: Desk) -> None:
    (sentence,) = desk.act("make_default", row("q2-k"))
    assert sentence == "Q2_K was left as it is: The default quantization must be shown always."
    assert row("q4-k-m").is_default


def test_there_is_one_default(desk: Desk) -> None:
    assert desk.act("make_default", row("q5-k-m"), row("q6-k")) == [CHOOSE_ONE]
    assert row("q4-k-m").is_default
