"""What was deleted lately is listed at the desk, and a Publisher brings it back."""

from typing import Any

import pytest

from catalog.bringing_back import deleted_states, went_with
from catalog.labels import label
from catalog.models import RECORD_MODELS, Artifact, CatalogRecord, Gpu, LanguageModel
from tests.catalog.desk import Desk, desk_of
from tests.catalog.people import EDITORS, PUBLISHERS, desk_of_member, staff
from tests.catalog.rows import artifact, gpu, language_model

pytestmark = pytest.mark.django_db

LIST = "/admin/catalog/gpu/deleted/"


@pytest.fixture
def publisher() -> Desk:
    return desk_of_member(PUBLISHERS)


@pytest.fixture
def gone(publisher: Desk) -> Any:
    """The last state of a card that a Publisher deleted."""
    row = gpu(power_w=72, notes="<b>some</b>")
    row.save()
    publisher.client.post(f"/admin/catalog/gpu/{row.pk}/delete/", {"post": "yes"})
    return deleted_states(Gpu).get()


def test_the_list_says_what_when_and_by_whom_and_each_list_leads_there(publisher: Desk, gone: Any) -> None:
    assert f'href="{LIST}">Deleted lately' in publisher.client.get("/admin/catalog/gpu/").content.decode()
    page = publisher.client.get(LIST).content.decode()
    assert (f'href="{LIST}{gone.pk}/">Test Card' in page, "one of the Publishers" in page) == (True, True)


@pytest.mark.parametrize("kind", RECORD_MODELS)
def test_every_kind_of_record_has_its_list(publisher: Desk, kind: type[CatalogRecord]) -> None:
    page = publisher.client.get(f"/admin/catalog/{kind.kind()}/deleted/")
    assert "Nothing of this kind was deleted since states are kept." in page.content.decode()


def test_its_page_shows_all_that_comes_back_and_to_look_changes_nothing(publisher: Desk, gone: Any) -> None:
    page = publisher.client.get(f"{LIST}{gone.pk}/")
    assert (label(Gpu, "power_w"), "72") in page.context["facts"]
    assert "&lt;b&gt;some" in page.content.decode()
    assert deleted_states(Gpu).exists()


def test_a_publisher_brings_it_back_as_a_draft(publisher: Desk, gone: Any) -> None:
    answer = publisher.client.post(f"{LIST}{gone.pk}/", follow=True)
    row = Gpu.objects.get(slug="test-card")
    assert answer.redirect_chain == [(f"/admin/catalog/gpu/{row.pk}/change/", 302)]
    assert (row.status, row.power_w, row.history.first().history_user.username) == (
        "draft",
        72,
        "one of the Publishers",
    )
    assert [str(message) for message in answer.context["messages"]][-1] == (
        "Test Card is back as a draft. Look at it, then publish it."
    )
    assert publisher.client.post(f"{LIST}{gone.pk}/").status_code == 404, "it is there already"


def test_an_editor_looks_and_is_told_whom_to_ask(gone: Any) -> None:
    editor = desk_of_member(EDITORS)
    page = editor.client.get(f"{LIST}{gone.pk}/")
    assert (page.status_code, page.context["may_bring_back"]) == (200, False)
    assert "Ask somebody of the group Publishers." in page.content.decode()
    refused = editor.client.post(f"{LIST}{gone.pk}/")
    assert refused.status_code == 403
    assert "“Can publish GPU”" in refused.content.decode()
    assert not Gpu.objects.filter(slug="test-card").exists()


def test_who_may_not_look_sees_nothing(gone: Any) -> None:
    desk = desk_of(staff("of models", "view_languagemodel"))
    for path in (LIST, f"{LIST}{gone.pk}/"):
        assert [desk.client.get(path).status_code, desk.client.post(path).status_code] == [403, 403]


def test_files_are_chosen_and_no_others_come(publisher: Desk) -> None:
    model = language_model()
    model.save()
    rows = [artifact(model=model, name=name, slug=name, label=name) for name in ("a", "b")]
    for row in rows:
        row.save()
    stranger = artifact(name="c", slug="c")
    stranger.save()
    stranger.delete()
    model.delete()
    state = deleted_states(LanguageModel).get()
    keys = [f"artifact:{file.pk}" for file in went_with(state)]
    forged = [f"artifact:{deleted_states(Artifact).get(slug='c').pk}", "artifact:0", "gpu:1", "x", ""]
    publisher.client.post(f"/admin/catalog/languagemodel/deleted/{state.pk}/", {"with": [keys[0], *forged]})
    assert LanguageModel.objects.filter(slug="test-model").exists()
    assert list(Artifact.objects.filter(slug__in="abc").values_list("slug", flat=True)) == ["a"]


def test_what_stands_in_the_way_is_said_and_nothing_comes_back(publisher: Desk, gone: Any) -> None:
    gpu(name="Another").save()
    answer = publisher.client.post(f"{LIST}{gone.pk}/")
    assert "GPU with this Slug already exists." in answer.content.decode()
    assert Gpu.objects.filter(slug="test-card").count() == 1


def test_who_comes_to_a_page_of_what_is_deleted_is_led_to_where_it_comes_back(publisher: Desk, gone: Any) -> None:
    for page in ("change", "history", "delete"):
        answer = publisher.client.get(f"/admin/catalog/gpu/{gone.id}/{page}/")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}{gone.pk}/")


@pytest.mark.parametrize("number", ["0", "x", "-1", str(2**31), str(10**300)])
def test_numbers_of_no_deletion_are_not_found(publisher: Desk, number: str) -> None:
    answers = [publisher.client.get(f"{LIST}{number}/"), publisher.client.post(f"{LIST}{number}/")]
    assert {answer.status_code for answer in answers} <= {302, 404}


def test_nor_is_the_state_of_a_record_that_is_there(publisher: Desk) -> None:
    there = Gpu.history.filter(slug="l4").first().pk
    assert publisher.client.post(f"{LIST}{there}/").status_code == 404
