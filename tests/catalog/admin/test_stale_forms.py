"""Two editors with one record open: nobody writes over what the other did, and nothing that was typed is lost."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.admin.conflict import BOTH, NOT_KNOWN, SAME, THEIRS, YOURS
from catalog.admin.record_form import NOT_SAVED
from catalog.models import Benchmark, CatalogRecord, Gpu, LanguageModel
from tests.catalog.desk import Desk, desk_of
from tests.catalog.people import EDITORS, PUBLISHERS, desk_of_member
from tests.catalog.rows import benchmark, change, gpu, language_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> CatalogRecord:
    card = gpu(status="draft", power_w=450, notes="first\nlines")
    card.save()
    return card


@pytest.fixture
def other() -> Desk:
    """The desk of a second editor."""
    return desk_of(User.objects.create(username="other", is_staff=True, is_superuser=True))


def compared(answer: Any) -> dict[str, tuple[str, ...]]:
    """The conflict that a form shows: by field, as it was opened, as it is now, what was typed, and whose it is."""
    assert answer.status_code == 200
    conflict = answer.context["adminform"].form.conflict
    return {field.name: field[2:] for field in conflict.fields} if conflict else {}


def merged(answer: Any, sent: dict[str, str]) -> dict[str, str]:
    """What the button sends that saves mine over theirs."""
    return {**sent, "_merge": "1", "seen_state": str(answer.context["adminform"].form.conflict.newest)}


def now(row: CatalogRecord, *names: str) -> tuple[Any, ...]:
    return type(row).objects.filter(pk=row.pk).values_list(*names).get()


def test_a_stale_form_is_refused_with_all_three_versions_side_by_side(desk: Desk, other: Desk, row: Gpu) -> None:
    sent = desk.opened(row)
    assert other.save(row, power_w="440", memory_gb="48", notes="first\nlines\nand a third") == {}
    answer = desk.send(row, {**sent, "power_w": "460", "full_name": "Another Name"})
    assert compared(answer) == {
        "full_name": ("A Test Card", SAME, "Another Name", YOURS),
        "memory_gb": ("24", "48", SAME, THEIRS),
        "power_w": ("450", "440", "460", BOTH),
        "notes": ("first\nlines", "first\nlines\nand a third", SAME, THEIRS),
    }
    page = answer.content.decode()
    assert "Somebody changed this record meanwhile: other, " in page
    assert answer.context["adminform"].form.non_field_errors() == [NOT_SAVED]
    assert now(row, "power_w", "full_name") == (440, "A Test Card")


def test_everything_typed_is_still_in_the_form(desk: Desk, other: Desk, row: Gpu) -> None:
    sent = desk.opened(row)
    other.save(row, power_w="440")
    answer = desk.send(row, {**sent, "power_w": "460", "memory_gb": "many", "notes": "typed <b>for</b> an hour"})
    page = answer.content.decode()
    assert 'name="power_w" value="460"' in page
    assert 'name="memory_gb" value="many"' in page
    assert "typed &lt;b&gt;for&lt;/b&gt; an hour</textarea>" in page
    assert f'name="opened_state" value="{sent["opened_state"]}"' in page


def test_mine_is_saved_over_theirs_for_the_fields_that_i_changed_alone(desk: Desk, other: Desk, row: Gpu) -> None:
    sent = {**desk.opened(row), "power_w": "460", "full_name": "Another Name"}
    other.save(row, power_w="440", memory_gb="48", notes="theirs")
    answer = desk.send(row, merged(desk.send(row, sent), sent))
    assert answer.status_code == 302
    assert now(row, "power_w", "full_name", "memory_gb", "notes") == (460, "Another Name", 48, "theirs")
    last = row.history.first()
    assert (last.history_user.username, last.prev_record.power_w) == ("editor", 440)


@pytest.mark.parametrize(("button", "leads_to"), [("_continue", "change/"), ("_addanother", "add/"), ("_save", "gpu/")])
def test_a_merge_ends_where_the_first_button_leads(
    desk: Desk, other: Desk, row: Gpu, button: str, leads_to: str
) -> None:
    sent = {**desk.opened(row), "power_w": "460"}
    other.save(row, memory_gb="48")
    first = desk.send(row, {**sent, button: "1"})
    (value,) = re.findall('name="_merge" value="([^"]*)"', first.content.decode())
    answer = desk.send(row, {**merged(first, sent), "_merge": value})
    assert answer["Location"].endswith(leads_to)
    assert now(row, "power_w") == (460,)


def test_a_form_saved_as_it_was_says_that_nothing_was_changed(desk: Desk, row: Gpu) -> None:
    states = row.history.count()
    for button in ("_save", "_continue"):
        answer = desk.client.post(
            f"/admin/catalog/gpu/{row.pk}/change/", {**desk.opened(row), button: "1"}, follow=True
        )
        assert [str(message) for message in answer.context["messages"]] == [
            "GPU “Test Card”: nothing was changed, and nothing is saved."
        ]
    assert row.history.count() == states


def test_a_third_change_after_the_comparison_is_compared_again(desk: Desk, other: Desk, row: Gpu) -> None:
    sent = {**desk.opened(row), "power_w": "460"}
    other.save(row, memory_gb="48")
    again = merged(desk.send(row, sent), sent)
    other.save(row, memory_gb="32")
    answer = desk.send(row, again)
    assert compared(answer)["memory_gb"] == ("24", "32", SAME, THEIRS)
    assert desk.send(row, merged(answer, sent)).status_code == 302
    assert now(row, "power_w", "memory_gb") == (460, 32)


def test_a_merge_is_checked_as_any_save_is_and_shown_again(desk: Desk, other: Desk, row: Gpu) -> None:
    sent = {**desk.opened(row), "usable_share": "7"}
    other.save(row, memory_gb="48")
    answer = desk.send(row, merged(desk.send(row, sent), sent))
    assert list(answer.context["adminform"].form.errors) == ["usable_share"]
    assert compared(answer)["usable_share"] == ("empty", SAME, "7", YOURS)
    assert now(row, "usable_share", "memory_gb") == (None, 48)


def test_who_saves_twice_by_a_double_click_is_asked_nothing(desk: Desk, row: Gpu) -> None:
    sent = {**desk.opened(row), "power_w": "460"}
    assert [desk.send(row, sent).status_code for _ in range(2)] == [302, 302]
    assert row.history.count() == 2


def test_a_change_that_was_taken_back_meanwhile_is_no_conflict(desk: Desk, other: Desk, row: Gpu) -> None:
    sent = {**desk.opened(row), "memory_gb": "32"}
    other.save(row, power_w="440")
    other.save(row, power_w="450")
    assert desk.send(row, sent).status_code == 302


def test_references_and_choices_are_compared_by_their_words(desk: Desk, other: Desk) -> None:
    row = benchmark(status="draft")
    row.save()
    sent = {**desk.opened(row), "gpu": str(Gpu.objects.get(slug="rtx-4090").pk), "model": "no key"}
    other.save(row, gpu_count="2", split="layer", gpu=str(Gpu.objects.get(slug="a10").pk))
    shown = compared(desk.send(row, sent))
    assert shown["gpu"] == ("NVIDIA L4", "NVIDIA A10", "RTX 4090", BOTH)
    assert shown["split"] == ("empty", "By layer: the cards work one after the other", SAME, THEIRS)
    assert shown["model"] == ("Qwen2.5 72B", SAME, "no key", YOURS)


def test_of_long_documents_the_places_that_differ_are_compared(desk: Desk, other: Desk) -> None:
    row = language_model(status="draft")
    row.save()
    sent = {**desk.opened(row), "notes": "mine"}
    document = {**row.architecture, "vocab_size": 2000}
    assert other.save(row, architecture=str(document).replace("'", '"').replace("True", "true")) == {}
    assert compared(desk.send(row, sent))["architecture"] == ("vocab_size: 1,000", "vocab_size: 2,000", SAME, THEIRS)


@pytest.mark.parametrize("number", ["", "0", "-1", "9" * 18, "9" * 400, "1e3", "١", "x\x00y", "' OR 1=1 --"])
def test_a_number_of_no_state_saves_nothing_over_anything(desk: Desk, row: Gpu, number: str) -> None:
    sent = {**desk.opened(row), "power_w": "460", "opened_state": number, "seen_state": number}
    answer = desk.send(row, sent)
    assert compared(answer) == {"power_w": (NOT_KNOWN, "450", "460", YOURS)}
    assert now(row, "power_w") == (450,)


def test_nor_does_the_number_of_another_records_state(desk: Desk, row: Gpu) -> None:
    of_another = change(Gpu, "l4", power_w=71).history.first().history_id
    of_another_kind = LanguageModel.history.first().history_id
    for number in (of_another, of_another_kind):
        sent = {**desk.opened(row), "power_w": "460", "opened_state": str(number)}
        assert "power_w" in compared(desk.send(row, sent))
        assert now(row, "power_w") == (450,)


def test_a_form_without_a_number_is_refused_too(desk: Desk, row: Gpu) -> None:
    sent = {**desk.opened(row), "power_w": "460"}
    del sent["opened_state"]
    assert "power_w" in compared(desk.send(row, sent))
    assert now(row, "power_w") == (450,)


def test_what_was_deleted_meanwhile_can_be_added_anew_from_what_was_typed(desk: Desk, other: Desk, row: Gpu) -> None:
    sent = {**desk.opened(row), "power_w": "460", "notes": "typed for an hour"}
    other.client.post(f"/admin/catalog/gpu/{row.pk}/delete/", {"post": "yes"})
    answer = desk.send(row, sent)
    page = answer.content.decode()
    [sentence] = answer.context["adminform"].form.non_field_errors()
    assert sentence.startswith("other deleted this record at ")
    assert ('action="/admin/catalog/gpu/add/"' in page, "typed for an hour</textarea>" in page) == (True, True)
    assert not Gpu.objects.filter(slug=row.slug).exists()
    assert desk.client.post("/admin/catalog/gpu/add/", sent).status_code == 302
    assert Gpu.objects.get(slug=row.slug).power_w == 460


def test_a_record_that_never_was_is_not_said_to_be_deleted(desk: Desk) -> None:
    for key in ("999999", "x", "9" * 30):
        answer = desk.client.post(f"/admin/catalog/gpu/{key}/change/", {"name": "X"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")


def test_an_editor_whose_draft_was_published_meanwhile_writes_nothing(row: Gpu) -> None:
    editor, publisher = desk_of_member(EDITORS), desk_of_member(PUBLISHERS)
    sent = {**editor.opened(row), "power_w": "460"}
    assert publisher.save(row, status="published") == {}
    assert editor.send(row, sent).status_code == 403
    assert now(row, "power_w") == (450,)


def test_a_measurement_keeps_the_checks_of_its_own_form(desk: Desk, other: Desk) -> None:
    row = benchmark(status="draft")
    row.save()
    sent = {**desk.opened(row), "measured_in": "2999"}
    other.save(row, runs="3")
    answer = desk.send(row, merged(desk.send(row, sent), sent))
    assert answer.context["adminform"].form.errors == {"measured_in": ["This date is still to come."]}
    assert Benchmark.objects.get(pk=row.pk).measured_in == ""


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite's writers are alone from the start")
def test_who_saves_has_the_row_alone(desk: Desk, row: Gpu) -> None:
    sent = desk.opened(row)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        desk.send(row, sent)
    assert any(query["sql"].endswith("FOR UPDATE") for query in queries)
