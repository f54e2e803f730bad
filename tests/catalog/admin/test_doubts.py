"""The form asks before it saves, keeps reasons, and loses none; publishing many asks too."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from catalog.admin.doubts import TOO_LONG, TOO_SHORT, Asked, html_name
from catalog.doubts import Doubt
from catalog.models import Gpu
from tests.catalog import rows
from tests.catalog.desk import Desk, desk_of

pytestmark = pytest.mark.django_db


SAYS = "Bandwidth is 300,000 GB/s, but 384 bits x 21 Gbit/s / 8 is 1,008 GB/s."


@pytest.fixture
def silent() -> Desk:
    """The desk of somebody who answers nothing."""
    return desk_of(User.objects.create(username="silent", is_staff=True, is_superuser=True), why="")


def send(desk: Desk, row: Gpu, **changes: str) -> Any:
    """The answer to a record's form, sent with some changes."""
    form = desk.page(row).context["adminform"].form
    sent = {field.html_name: field.value() for field in form}
    sent = {name: value for name, value in sent.items() if value not in (None, False)}
    return desk.client.post(f"/admin/catalog/gpu/{row.pk}/change/", {**sent, **changes})


def card(**overrides: Any) -> Gpu:
    row = rows.gpu(bus_bits=384, memory_rate_gbps="21", **overrides)
    row.save()
    return row


@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_slip_is_not_saved_and_the_page_says_so_at_the_field_and_above(silent: Desk, status: str) -> None:
    row = card(status=status)
    answer = send(silent, row, bandwidth_gb_s="300000")
    form = answer.context["adminform"].form
    assert form.errors["bandwidth_gb_s"][0].startswith(SAYS)
    html = answer.content.decode()
    assert "Not saved yet: 1 question" in html
    assert f'name="{form.asked[0].html_name}"' in html
    row.refresh_from_db()
    assert row.bandwidth_gb_s == 1008


def test_the_box_says_what_is_asked_for(silent: Desk) -> None:
    row = card()
    figures, source, both = (
        send(silent, row, **changes).content.decode()
        for changes in (
            {"bandwidth_gb_s": "300000"},
            {"sources": "a book"},
            {"bandwidth_gb_s": "300000", "sources": "a book"},
        )
    )
    for html, has_figures in ((figures, True), (source, False), (both, True)):
        assert ("does not agree with the rest" in html, "A source is missing here" in html) == (
            has_figures,
            not has_figures,
        )


def test_a_reason_saves_it_and_is_shown_and_goes_with_its_figure(desk: Desk) -> None:
    row = card()
    assert desk.save(row, bandwidth_gb_s="300000") == {}
    row.refresh_from_db()
    assert [(answer["check"], answer["reason"]) for answer in row.saved_anyway] == [("bandwidth_by_bus", desk.why)]
    assert desk.why in desk.page(row).content.decode()
    assert desk.save(row, bandwidth_gb_s="1008") == {}
    row.refresh_from_db()
    assert row.saved_anyway == []


def test_what_is_answered_is_not_asked_again_and_another_figure_is(desk: Desk, silent: Desk) -> None:
    row = card()
    desk.save(row, bandwidth_gb_s="300000")
    assert silent.save(row, editor_notes="Looked at again.") == {}
    assert "bandwidth_gb_s" in silent.save(row, bandwidth_gb_s="400000")


def test_a_reason_of_a_few_characters_is_none_and_is_shown_again(silent: Desk) -> None:
    row = card()
    (asked,) = send(silent, row, bandwidth_gb_s="300000").context["adminform"].form.asked
    html = send(silent, row, bandwidth_gb_s="300000", **{asked.html_name: "abc"}).content.decode()
    assert TOO_SHORT in html
    assert 'value="abc"' in html


def test_a_reason_is_not_lost_when_something_else_is_wrong(silent: Desk) -> None:
    row = card()
    (asked,) = send(silent, row, bandwidth_gb_s="300000").context["adminform"].form.asked
    answer = send(silent, row, bandwidth_gb_s="300000", memory_gb="-1", **{asked.html_name: "The sheet says so."})
    assert f'<input type="hidden" name="{asked.html_name}" value="The sheet says so.">' in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "fault"), [("", TOO_SHORT), ("    a  ", TOO_SHORT), ("x" * 501, TOO_LONG), ("a reason", "")]
)
def test_what_a_reason_is(given: str, fault: str) -> None:
    asked = Asked(Doubt("check", "field", "says"), "Field", given)
    assert (asked.fault, bool(asked.reason)) == (fault, not fault)


def test_a_null_character_is_no_reason() -> None:
    assert Asked(Doubt("check", "field", "says"), "Field", "a reason\0").fault


def test_each_sentence_has_a_line_of_its_own() -> None:
    assert html_name(Doubt("check", "field", "says")) != html_name(Doubt("check", "field", "says more"))


def test_publishing_many_leaves_what_is_asked_about_as_it_is(silent: Desk) -> None:
    row = card(status="draft", bandwidth_gb_s="300000")
    ((left, sentences),) = silent.ask("publish", row).context["plan"].staying
    assert left == row
    assert any(sentence.startswith(SAYS) for sentence in sentences), sentences
    silent.act("publish", row)
    row.refresh_from_db()
    assert row.status == "draft"


def test_a_row_is_taken_off_without_a_question(silent: Desk) -> None:
    assert silent.act("take_off", card(bandwidth_gb_s="300000")) == ["1 taken off the site."]
