"""What was done to many records at once, or to one because of another, is said in the history of each."""

import pytest

from catalog.models import Artifact, Gpu, LanguageModel, Repository
from catalog.reasons import give, goes_with, with_others
from tests.catalog.desk import Desk
from tests.catalog.rows import artifact, gpu, repository

pytestmark = pytest.mark.django_db


def why(*slugs: str) -> set[str]:
    """The reasons of the newest states of some cards."""
    return {Gpu.history.filter(slug=slug).first().history_change_reason for slug in slugs}


@pytest.mark.parametrize(
    ("count", "reason"),
    [(1, "Published."), (2, "Published with 1 other."), (13, "Published with 12 others.")],
)
def test_others_are_counted(count: int, reason: str) -> None:
    assert with_others("Published", count) == reason


def test_a_reason_is_of_the_newest_state_alone() -> None:
    row = gpu()
    row.save()
    row.power_w = 80
    row.save()
    give(Gpu, [row.pk], "Why not.")
    assert [state.history_change_reason for state in row.history.all()] == ["Why not.", None]


def test_who_published_and_took_off_with_how_many_others_is_kept(desk: Desk) -> None:
    rows = [gpu(status="draft", name=f"Card {n}", slug=f"card-{n}") for n in range(3)]
    incomplete = gpu(status="draft", sources="")
    for row in (*rows, incomplete):
        row.save()
    desk.act("publish", *rows, incomplete)
    assert why("card-0", "card-1", "card-2") == {"Published with 2 others."}
    assert rows[0].history.first().history_user.username == "editor"
    desk.act("take_off", rows[0])
    assert why("card-0") == {"Taken off the site."}


def test_who_deleted_with_how_many_others_is_kept(desk: Desk) -> None:
    rows = [gpu(name=f"Card {n}", slug=f"card-{n}") for n in range(3)]
    for row in rows:
        row.save()
    chosen = {"action": "delete_selected", "post": "yes", "_selected_action": [row.pk for row in rows]}
    desk.client.post("/admin/catalog/gpu/", chosen)
    assert why("card-0", "card-1", "card-2") == {"Deleted with 2 others."}


def test_rows_that_were_changed_in_a_list_say_so(desk: Desk) -> None:
    page = desk.client.get("/admin/catalog/gpu/?q=RTX 50")
    formset = page.context["cl"].formset
    sent = {field.html_name: field.value() for form in (formset.management_form, *formset.forms) for field in form}
    for n in range(2):
        sent[f"form-{n}-common"] = not sent[f"form-{n}-common"]
    values = {name: "" if value is None else value for name, value in sent.items()}
    as_shown = {field.html_initial_name: field.value() for form in formset.forms for field in form}
    ticked = {name: value for name, value in {**as_shown, **values}.items() if value not in (None, False)}
    answer = desk.client.post("/admin/catalog/gpu/?q=RTX 50", {**ticked, "_save": "1"})
    assert answer.status_code == 302
    changed = [form.instance.slug for form in formset.forms[:2]]
    assert why(*changed) == {"Changed in the list with 1 other."}


def test_what_goes_with_its_model_says_with_which() -> None:
    file, source = artifact(), repository()
    file.save()
    source.save()
    model = file.model
    model.delete()
    for kind, slug in ((Artifact, file.slug), (Repository, source.slug)):
        assert kind.history.filter(slug=slug).first().history_change_reason == "Deleted with Qwen2.5 72B."
    assert LanguageModel.history.filter(slug="qwen2-5-72b").first().history_change_reason is None


def test_many_models_take_each_their_own_files() -> None:
    file = artifact()
    file.save()
    LanguageModel.objects.filter(family=file.model.family).delete()
    assert Artifact.history.filter(slug=file.slug).first().history_change_reason == "Deleted with Qwen2.5 72B."


def test_what_is_deleted_itself_goes_with_nothing() -> None:
    file = artifact()
    file.save()
    assert (goes_with(file, file), goes_with(file, Artifact.objects.all()), goes_with(file, None)) == ("", "", "")
