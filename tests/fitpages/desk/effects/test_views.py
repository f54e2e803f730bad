"""What saving would change, asked from the form of a record: said before, and nothing saved."""

from typing import Any

import pytest
from django.http import HttpResponse

from catalog.models import Artifact, CatalogRecord, CatalogRevision, Gpu, LanguageModel, Quant
from fitpages.desk.effects import counting
from tests.catalog.desk import Desk, _sent, desk_of
from tests.catalog.people import EDITORS, PUBLISHERS, desk_of_member, staff
from tests.catalog.rows import everything, gpu

pytestmark = pytest.mark.django_db

NEW = {
    **{"name": "New Card", "slug": "new-card", "full_name": "A New Card", "sources": "https://example.org/card"},
    **{"vendor": "NVIDIA", "segment": "consumer", "memory_gb": "24", "bandwidth_gb_s": "1008", "gpus_per_board": "1"},
}


@pytest.fixture
def publisher() -> Desk:
    return desk_of_member(PUBLISHERS)


def address(row: CatalogRecord, *, on_all: bool = False) -> str:
    return f"/admin/effects/{row.kind()}/{row.pk}/{'all/' if on_all else ''}"


def ask(desk: Desk, row: CatalogRecord, *, on_all: bool = False, **changes: str) -> Any:
    """The form of a row with some changes, sent with the button for its effects."""
    form = desk.page(row).context["adminform"].form
    return desk.client.post(address(row, on_all=on_all), {**_sent(form), **changes})


def saved(row: CatalogRecord) -> CatalogRecord:
    row.save()
    return row


def text(answer: HttpResponse) -> str:
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return " ".join(sent.decode().split())


def test_a_slip_in_a_bandwidth_is_seen_and_not_saved(publisher: Desk) -> None:
    rows, token = everything(), CatalogRevision.current_token()
    answer = ask(publisher, Gpu.objects.get(slug="l4"), bandwidth_gb_s="3")
    effects = answer.context["effects"]
    assert effects.flipped > 20 == len(effects.flips)
    assert {flip.pair.gpu.record.slug for flip in effects.flips} == {"l4"}
    html = text(answer)
    assert "Nothing is saved yet." in html
    assert "<td>300</td> <td>3</td>" in html
    assert 'href="/run/' in html
    assert 'href="/admin/effects/speed-class/"' in html
    assert answer.context["report"].counted in html
    assert everything() == rows
    assert CatalogRevision.current_token() == token


def test_each_kind_of_record_has_its_effects(publisher: Desk) -> None:
    file = Artifact.objects.filter(status="published", quant__slug="q4-k-m", preferred=False)[0]
    changes: list[tuple[CatalogRecord, dict[str, str]]] = [
        (LanguageModel.objects.get(slug="qwen2-5-72b"), {"native_context": "2048"}),
        (Quant.objects.get(slug="q6-k"), {"name": "Q6_K_X"}),
        (file, {"size_bytes": str(file.size_bytes * 2)}),
    ]
    for row, typed in changes:
        answer = ask(publisher, row, **typed)
        assert answer.context["effects"].changed > 0, row
        assert answer.context["form"].address == f"/admin/catalog/{row.kind()}/{row.pk}/change/"


def test_all_that_was_typed_goes_on_to_the_form_and_to_save(publisher: Desk) -> None:
    row = Gpu.objects.get(slug="l4")
    answer = ask(publisher, row, bandwidth_gb_s="301", editor_notes="two\r\nlines", _effects="Show effects")
    carried = dict(answer.context["form"].carried)
    assert "_effects" not in carried
    assert "csrfmiddlewaretoken" not in carried
    path = f"/admin/catalog/gpu/{row.pk}/change/"
    back = publisher.client.post(path, {**carried, "_back": "Back to the form"})
    assert back.context["adminform"].form["bandwidth_gb_s"].value() == "301"
    assert Gpu.objects.get(slug="l4").bandwidth_gb_s == row.bandwidth_gb_s
    assert publisher.client.post(path, {**carried, "_save": "Save"}).status_code == 302
    row.refresh_from_db()
    assert (row.bandwidth_gb_s, row.editor_notes) == (301, "two\nlines")


def test_the_hidden_fields_of_the_page_are_what_was_typed(publisher: Desk) -> None:
    html = text(ask(publisher, Gpu.objects.get(slug="l4"), bandwidth_gb_s="301", notes='<b> & "two"'))
    assert '<input type="hidden" name="bandwidth_gb_s" value="301">' in html
    assert '<input type="hidden" name="notes" value="&lt;b&gt; &amp; &quot;two&quot;">' in html


def test_what_is_wrong_is_said_at_its_field_in_the_form(publisher: Desk) -> None:
    row, rows = Gpu.objects.get(slug="l4"), everything()
    answer = ask(publisher, row, bandwidth_gb_s="-1", slug="Not A Slug")
    assert {"bandwidth_gb_s", "slug"} <= set(answer.context["adminform"].form.errors)
    assert f'action="/admin/catalog/gpu/{row.pk}/change/"' in text(answer)
    assert everything() == rows


def test_a_draft_changes_no_page_and_would_change_some() -> None:
    editor, draft = desk_of_member(EDITORS), saved(gpu(status="draft", sources=""))
    answer = ask(editor, draft, bandwidth_gb_s="500")
    html = text(answer)
    assert "As a draft it is on no page" in html
    assert "A published record needs at least one source." in html
    effects = answer.context["effects"]
    assert effects.appear == LanguageModel.objects.filter(status="published").count()
    assert Gpu.objects.get(pk=draft.pk).status == "draft"


def test_a_new_record_is_told_of_before_it_is_added(publisher: Desk) -> None:
    answer = publisher.client.post("/admin/effects/gpu/add/", {**NEW, "status": "published"})
    assert "would be new." in answer.context["effects"].sentences[0]
    assert "As a draft" not in text(answer)
    assert answer.context["form"].address == "/admin/catalog/gpu/add/"
    assert not Gpu.objects.filter(slug="new-card").exists()


def test_a_record_taken_off_loses_its_pages(publisher: Desk) -> None:
    answer = ask(publisher, Gpu.objects.get(slug="l4"), status="draft")
    assert "would leave the site." in answer.context["effects"].sentences[0]
    assert "As a draft" not in text(answer)


def test_where_only_the_common_pairs_were_counted_all_can_be(publisher: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_AT_ONCE", 100)
    row = Gpu.objects.get(slug="l4")
    answer = ask(publisher, row, bandwidth_gb_s="3")
    assert answer.context["report"].is_of_common
    assert f'value="Count all pairs" formaction="{address(row, on_all=True)}"' in text(answer)


def test_a_figure_that_is_asked_about_has_its_effects_and_the_question(publisher: Desk) -> None:
    row = Gpu.objects.get(slug="l4")
    answer = ask(publisher, row, bandwidth_gb_s="3")
    assert "Before it is saved, this is asked:" in text(answer)
    assert any("3 GB/s" in question for question in answer.context["typed"].questions)
    assert answer.context["effects"].flipped > 0


@pytest.mark.parametrize("name", ["reader", "of models"])
def test_whoever_may_not_save_it_may_not_ask(name: str) -> None:
    rights = {"reader": ["view_gpu"], "of models": ["view_languagemodel", "change_languagemodel"]}
    client, row = desk_of(staff(name, *rights[name])).client, saved(gpu(status="draft"))
    for path in (address(row), address(row, on_all=True), "/admin/effects/gpu/add/", "/admin/effects/speed-class/"):
        assert client.post(path, NEW).status_code == 403


def test_an_editor_may_not_ask_of_what_is_public() -> None:
    public = saved(gpu())
    client = desk_of_member(EDITORS).client
    assert client.post(address(public), NEW).status_code == 403


def test_who_is_not_signed_in_is_sent_to_where_one_signs_in(client: Any) -> None:
    for path in ("/admin/effects/gpu/add/", "/admin/effects/speed-class/", "/admin/effects/gpu/1/all/"):
        answer = client.post(path, NEW)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/admin/login/")


def test_an_address_alone_leads_to_the_form(publisher: Desk) -> None:
    row = Gpu.objects.get(slug="l4")
    assert publisher.client.get(address(row))["Location"] == f"/admin/catalog/gpu/{row.pk}/change/"
    assert publisher.client.get("/admin/effects/gpu/add/")["Location"] == "/admin/catalog/gpu/add/"
    assert publisher.client.get("/admin/effects/gpu/999999999999999999/").status_code == 404


def test_the_button_stands_where_there_is_something_to_save(publisher: Desk) -> None:
    public, draft = saved(gpu()), saved(gpu(status="draft", name="Second", slug="second"))
    editor = desk_of_member(EDITORS)
    assert f'formaction="{address(public)}"' in text(publisher.page(public))
    assert f'formaction="{address(draft)}"' in text(editor.page(draft))
    assert "Show effects" not in text(editor.page(public))
    assert 'formaction="/admin/effects/gpu/add/"' in text(editor.client.get("/admin/catalog/gpu/add/"))
    assert "Show effects" not in text(editor.client.get("/admin/catalog/gpu/add/?_popup=1"))
    assert "Show effects" not in text(editor.client.get("/admin/catalog/benchmark/add/"))


def test_a_class_for_another_is_told_on_the_pages_of_its_cards(publisher: Desk) -> None:
    saved(gpu(speed_class="mine"))
    rows = everything()
    assert "would have the class" in text(publisher.client.get("/admin/effects/speed-class/"))
    answer = publisher.client.post("/admin/effects/speed-class/", {"now": "mine", "becomes": "nvidia-hbm"})
    assert {flip.pair.gpu.record.slug for flip in answer.context["effects"].speeds} == {"test-card"}
    assert "1 public card of this class." in text(answer)
    assert everything() == rows


def test_all_pairs_come_in_a_stream_and_are_private(publisher: Desk) -> None:
    saved(gpu(speed_class="mine"))
    typed = {"now": "mine", "becomes": "nvidia-hbm"}
    of_class = publisher.client.post("/admin/effects/speed-class/all/", typed)
    of_card = ask(publisher, Gpu.objects.get(slug="l4"), on_all=True, bandwidth_gb_s="3")
    for answer in (of_class, of_card):
        assert answer.streaming
        assert "no-store" in answer["Cache-Control"]
        html = text(answer)
        assert "pairs that may change were counted, in " in html
        assert html.endswith("</html>")
        assert "Count all pairs" not in html
    assert "Verdicts that flip" in text(ask(publisher, Gpu.objects.get(slug="l4"), on_all=True, bandwidth_gb_s="3"))


def test_the_same_class_twice_is_refused(publisher: Desk) -> None:
    typed = {"now": "nvidia-hbm", "becomes": "nvidia-hbm"}
    assert "Choose another class." in text(publisher.client.post("/admin/effects/speed-class/", typed))


@pytest.mark.parametrize("on_all", [False, True])
def test_what_was_typed_of_a_record_deleted_meanwhile_is_not_lost(publisher: Desk, on_all: bool) -> None:
    row = saved(gpu())
    typed = {**_sent(publisher.page(row).context["adminform"].form), "bandwidth_gb_s": "777"}
    gone = address(row, on_all=on_all)
    row.delete()
    answer = publisher.client.post(gone, typed)
    assert answer.status_code == 200
    assert "deleted this record at " in text(answer)
    assert answer.context["adminform"].form["bandwidth_gb_s"].value() == "777"
    assert not Gpu.objects.filter(name=row.name).exists()
