"""What changed in a record is read at the desk in values, and taken back, whole or field by field."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from catalog.admin.history_pages import A_PAGE, NOTHING_CHOSEN
from catalog.models import RECORD_MODELS, Benchmark, CatalogRecord, Gpu, LanguageModel, Quant, RetiredSlug
from tests.catalog.desk import Desk, desk_of
from tests.catalog.people import EDITORS, PUBLISHERS, desk_of_member, staff
from tests.catalog.rows import benchmark, change, gpu, language_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(desk: Desk) -> CatalogRecord:
    """A public card that was changed twice at the desk."""
    card = gpu(power_w=450, notes="first <b>\nlines")
    card.save()
    assert desk.save(card, power_w="400", memory_gb="32") == {}
    assert desk.save(card, power_w="440", notes="second") == {}
    return card


def address(row: CatalogRecord, *parts: object) -> str:
    return "/".join(["/admin/catalog", row.kind(), str(row.pk), "history", *map(str, parts), ""])


def numbers(row: CatalogRecord) -> list[int]:
    """Of its states, the newest first."""
    return list(row.history.values_list("history_id", flat=True))


def take_back(desk: Desk, row: CatalogRecord, number: int, *names: str, **more: object) -> Any:
    sent = {"take": names, "opened_state": numbers(row)[0], **more}
    return desk.client.post(address(row, number), sent, follow=True)


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def now(row: CatalogRecord, *names: str) -> tuple[Any, ...]:
    return tuple(type(row).objects.filter(pk=row.pk).values_list(*names).get())


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_each_change_stands_there_with_who_and_both_values(desk: Desk, row: Gpu) -> None:
    answer = desk.client.get(address(row))
    entries = [entry for entry, _ in answer.context["entries"]]
    assert [(entry.verb, entry.who) for entry in entries] == [
        ("changed", "editor"),
        ("changed", "editor"),
        ("added", ""),
    ]
    assert {field.name: field[2:] for field in entries[0].fields} == {
        "power_w": ("400", "440"),
        "notes": ("first <b>\nlines", "second"),
    }
    assert "first &lt;b&gt;" in answer.content.decode()


def test_history_is_paged(desk: Desk, row: Gpu) -> None:
    for watts in range(A_PAGE):
        change(Gpu, row.slug, power_w=451 + watts)
    first, second = (desk.client.get(address(row), {"p": page}) for page in ("1", "2"))
    assert [len(answer.context["entries"]) for answer in (first, second)] == [A_PAGE, 3]
    assert second.context["entries"][0][0].fields[0].after == "440"
    for odd in ("0", "-1", "x", "9" * 400, "\x00"):
        assert desk.client.get(address(row), {"p": odd}).status_code in (200, 400)


def test_lines_of_before_states_were_kept_stand_below(desk: Desk, row: Gpu) -> None:
    line = LogEntry.objects.filter(object_id=str(row.pk)).last()
    LogEntry.objects.filter(pk=line.pk).update(action_time="2020-01-01T00:00:00Z")
    page = words(desk.client.get(address(row)))
    assert "Before states were kept" in page
    assert "1 January 2020, 00:00 UTC, editor: Changed" in page


def test_a_state_says_what_would_change_from_now_to_then(desk: Desk, row: Gpu) -> None:
    answer = desk.client.get(address(row, numbers(row)[-1]))
    fields = {field.name: (*field[2:], ticked) for field, ticked in answer.context["fields"]}
    assert fields == {
        "memory_gb": ("32", "24", True),
        "power_w": ("440", "450", True),
        "notes": ("second", "first <b>\nlines", True),
    }


def test_to_look_changes_nothing(desk: Desk, row: Gpu) -> None:
    before = (now(row, "updated_at"), numbers(row))
    for part in numbers(row):
        assert desk.client.get(address(row, part), {"take": "power_w"}).status_code == 200
    assert (now(row, "updated_at"), numbers(row)) == before


def test_one_change_is_taken_back_alone(desk: Desk, row: Gpu) -> None:
    page = desk.client.get(address(row)).content.decode()
    links = re.findall(r'href="([^"]+)">Take this change back', page)
    answer = desk.client.get(links[0].replace("&amp;", "&"))
    ticked = [field.name for field, is_ticked in answer.context["fields"] if is_ticked]
    assert ticked == ["power_w", "notes"]
    take_back(desk, row, numbers(row)[1], *ticked)
    assert now(row, "power_w", "notes", "memory_gb") == (400, "first <b>\nlines", 32)


def test_everything_is_taken_back_and_says_to_which_state(desk: Desk, row: Gpu) -> None:
    first = row.history.last()
    answer = take_back(desk, row, first.pk, "memory_gb", "power_w", "notes")
    assert answer.redirect_chain == [(address(row), 302)]
    assert now(row, "power_w", "notes", "memory_gb") == (450, "first <b>\nlines", 24)
    last = row.history.first()
    reason = f"Taken back to the state of {first.history_date:%Y-%m-%d %H:%M} UTC."
    assert (last.history_change_reason, last.history_user.username, told(answer)[-1]) == (reason, "editor", reason)


def test_one_field_is_taken_back_and_the_others_stay(desk: Desk, row: Gpu) -> None:
    take_back(desk, row, numbers(row)[-1], "power_w", "name", "created_at", "loaded_digest", "no such")
    assert now(row, "power_w", "notes", "memory_gb") == (450, "second", 32)
    take_back(desk, row, numbers(row)[1], "power_w")
    assert now(row, "power_w") == (440,), "and taken back in turn"


def test_nothing_ticked_changes_nothing(desk: Desk, row: Gpu) -> None:
    before = numbers(row)
    assert told(take_back(desk, row, before[-1]))[-1] == NOTHING_CHOSEN
    assert numbers(row) == before


def test_a_slug_and_a_status_are_taken_back_and_addresses_follow(desk: Desk, client: Client) -> None:
    row = change(Gpu, "l4", slug="l4-24gb")
    row = change(Gpu, "l4-24gb", status="draft")
    first = numbers(row)[-1]
    assert client.get("/gpus/l4/").status_code == 404
    take_back(desk, row, first, "slug", "status")
    assert now(row, "slug", "status") == ("l4", "published")
    assert client.get("/gpus/l4/").status_code == 200
    assert client.get("/gpus/l4-24gb/").headers["Location"] == "/gpus/l4/"
    assert RetiredSlug.successors("gpu") == {"l4-24gb": "l4"}


def test_documents_choices_and_references_are_taken_back(desk: Desk) -> None:
    model, measured = language_model(status="draft", parameters=8_114_688), benchmark(status="draft")
    model.save()
    measured.save()
    document = model.architecture
    model.architecture = {**document, "vocab_size": 2000}
    model.save()
    card = measured.gpu_id
    measured.gpu, measured.gpu_count, measured.split = None, 2, "layer"
    measured.save()
    take_back(desk, model, numbers(model)[-1], "architecture")
    take_back(desk, measured, numbers(measured)[-1], "gpu", "gpu_count", "split")
    assert now(model, "architecture") == (document,)
    assert now(measured, "gpu_id", "gpu_count", "split") == (card, 1, "")


def test_what_cannot_be_saved_comes_up_in_the_form_and_nothing_is_saved(desk: Desk) -> None:
    row = benchmark(status="draft")
    row.save()
    row.gpu_count, row.split = 2, "layer"
    row.save()
    answer = take_back(desk, row, numbers(row)[-1], "gpu_count")
    form = answer.context["adminform"].form
    assert "split" in form.errors
    assert f'action="/admin/catalog/benchmark/{row.pk}/change/"' in answer.content.decode()
    assert now(row, "gpu_count", "split") == (2, "layer")
    assert Benchmark.history.filter(id=row.pk).count() == 2


def test_a_reference_to_what_is_gone_is_refused(desk: Desk) -> None:
    row = benchmark(status="draft")
    row.save()
    row.gpu.delete()
    row.refresh_from_db()
    row.save()
    answer = take_back(desk, row, numbers(row)[-1], "gpu")
    assert "gpu" in answer.context["adminform"].form.errors
    assert now(row, "gpu") == (None,)


def test_who_looks_at_a_state_while_somebody_changes_the_record_is_asked_again(desk: Desk, row: Gpu) -> None:
    newest, first = numbers(row)[0], numbers(row)[-1]
    change(Gpu, row.slug, power_w=430)
    answer = take_back(desk, row, first, "power_w", opened_state=newest)
    assert [field[2:5] for field in answer.context["adminform"].form.conflict.fields] == [("440", "430", "450")]
    assert now(row, "power_w") == (430,)


def test_a_public_record_is_taken_back_by_who_may_publish_alone(row: Gpu) -> None:
    editor, publisher = desk_of_member(EDITORS), desk_of_member(PUBLISHERS)
    first = numbers(row)[-1]
    assert editor.client.get(address(row)).status_code == 200
    looked = editor.client.get(address(row, first))
    assert (looked.status_code, looked.context["may_take_back"]) == (200, False)
    assert "Take back the ticked fields" not in looked.content.decode()
    assert take_back(editor, row, first, "power_w").status_code == 403
    assert now(row, "power_w") == (440,)
    assert take_back(publisher, row, first, "power_w").status_code == 200
    assert now(row, "power_w") == (450,)


def test_an_editor_takes_back_figures_of_a_draft_and_not_that_it_was_public(row: Gpu) -> None:
    row = change(Gpu, row.slug, status="draft")
    editor, first = desk_of_member(EDITORS), numbers(row)[-1]
    page = editor.client.get(address(row, first))
    assert "Status: now Draft, then Published" in words(page)
    take_back(editor, row, first, "status", "power_w")
    assert now(row, "status", "power_w") == ("draft", 450)


def test_who_may_not_look_at_cards_is_shown_no_history_of_one(row: Gpu) -> None:
    desk = desk_of(staff("of models", "view_languagemodel"))
    for path in (address(row), address(row, numbers(row)[0])):
        assert desk.client.get(path).status_code == 403
        assert desk.client.post(path, {"take": "power_w"}).status_code == 403


def test_states_of_other_records_and_kinds_and_none_at_all_are_not_found(desk: Desk, row: Gpu) -> None:
    of_another = Gpu.objects.get(slug="l4").history.first().pk
    of_another_kind = max(Quant.history.first().pk, LanguageModel.history.first().pk, numbers(row)[0]) + 1
    for number in (of_another, of_another_kind, 0, 2**31, 2**63, 10**300):
        assert desk.client.get(address(row, number)).status_code == 404
        assert take_back(desk, row, number, "power_w").status_code == 404
    for part in ("-1", "1.0", "x", "%00"):
        assert desk.client.get(address(row, part)).status_code in (302, 400, 404)
    assert now(row, "power_w") == (440,)


@pytest.mark.parametrize("kind", RECORD_MODELS)
def test_every_kind_of_record_has_its_pages(desk: Desk, kind: type[CatalogRecord]) -> None:
    row = kind.objects.first()
    assert desk.client.get(address(row)).status_code == 200
    assert desk.client.get(address(row, numbers(row)[0])).status_code == 200


def test_an_account_that_is_gone_leaves_its_changes(desk: Desk, row: Gpu) -> None:
    User.objects.filter(username="editor").delete()
    other = desk_of(User.objects.create(username="other", is_staff=True, is_superuser=True))
    entries = other.client.get(address(row)).context["entries"]
    assert [(entry.who, len(entry.fields)) for entry, _ in entries] == [("", 2), ("", 2), ("", 0)]
