"""A record that was deleted comes back as it was, as a draft, with what went with it, or not at all."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from catalog.bringing_back import bring_back, deleted_states, went_with
from catalog.models import (
    Artifact,
    Benchmark,
    CatalogRecord,
    CatalogRevision,
    Gpu,
    LanguageModel,
    Repository,
    RetiredSlug,
)
from tests.catalog.rows import (
    artifact,
    benchmark,
    board_score,
    change,
    everything,
    gpu,
    language_model,
    pick,
    popularity,
    price,
    repository,
)

pytestmark = pytest.mark.django_db


def deleted(row: CatalogRecord) -> Any:
    """The state of a record that is saved and deleted."""
    row.save()
    row.delete()
    return deleted_states(type(row)).get(slug=row.slug)


def facts(row: CatalogRecord) -> dict[str, Any]:
    """What is kept of a record, but for its status."""
    names = {column.name for column in type(row).history.model.tracked_fields} - {"status"}
    return type(row).objects.filter(slug=row.slug).values(*names).get()


def test_every_field_comes_back_and_the_record_is_a_draft() -> None:
    row = gpu(power_w=72, notes="some", release_date="2024-05-31", usable_share="0.95", common=True)
    row.save()
    before = facts(row)
    row.delete()
    again = bring_back(deleted_states(Gpu).get(slug="test-card"))
    assert (facts(again), again.status) == (before, "draft")
    assert [state.history_type for state in again.history.all()] == ["+", "-", "+"]
    assert again.history.first().history_change_reason.startswith("Brought back as it was when it was deleted, 2")


def test_what_is_back_is_no_longer_among_the_deleted_and_may_go_again() -> None:
    first = deleted(gpu())
    row = bring_back(first)
    assert not deleted_states(Gpu).exists()
    row.delete()
    assert deleted_states(Gpu).get().pk > first.pk


def test_former_addresses_lead_to_it_again(client: Client) -> None:
    change(Gpu, "l4", slug="l4-24gb").delete()
    assert RetiredSlug.successors("gpu") == {"l4": "", "l4-24gb": ""}
    row = bring_back(deleted_states(Gpu).get())
    assert RetiredSlug.successors("gpu") == {"l4": "l4-24gb"}
    change(Gpu, row.slug, status="published")
    assert client.get("/gpus/l4/").headers["Location"] == "/gpus/l4-24gb/"


def test_a_former_address_that_another_record_has_now_stays_its() -> None:
    change(Gpu, "l4", slug="l4-24gb").delete()
    gpu(slug="l4").save()
    bring_back(deleted_states(Gpu).get(slug="l4-24gb"))
    assert RetiredSlug.successors("gpu") == {}


def test_files_that_went_with_a_model_are_named_and_come_back_with_it() -> None:
    model = language_model()
    model.save()
    kept, alone, source = artifact(model=model), artifact(model=model, name="Other", slug="other", label="Q8_0"), None
    kept.save()
    alone.save()
    source = repository(model=model)
    source.save()
    alone.delete()
    model.delete()
    state = deleted_states(LanguageModel).get()
    files = went_with(state)
    assert [file.slug for file in files] == [kept.slug, source.slug]
    bring_back(state, files)
    for kind, slug in ((Artifact, kept.slug), (Repository, source.slug)):
        assert kind.objects.values_list("model__slug", "status").get(slug=slug) == ("test-model", "draft")


@pytest.mark.parametrize("make", [popularity, board_score, pick, price])
def test_what_people_run_and_pay_comes_back_with_what_it_is_of(make: Any) -> None:
    owner = gpu() if make is price else language_model()
    owner.save()
    row = make(**{"gpu" if make is price else "model": owner})
    row.save()
    owner.delete()
    state = deleted_states(type(owner)).get()
    assert [gone.slug for gone in went_with(state)] == [row.slug]
    bring_back(state, went_with(state))
    again = type(row).objects.get(slug=row.slug)
    assert (getattr(again, "gpu" if make is price else "model").slug, again.status) == (owner.slug, "draft")


def test_measurements_that_named_it_name_it_again() -> None:
    row, other = benchmark(), benchmark(name="Second", slug="second")
    row.save()
    other.save()
    card = row.gpu
    count = card.benchmarks.count()
    card.delete()
    changed = Benchmark.objects.get(slug="second")
    changed.runs = 7
    changed.save()
    again = bring_back(deleted_states(Gpu).get())
    assert again.benchmarks.count() == count - 1
    assert Benchmark.objects.get(slug=row.slug).gpu == again
    assert Benchmark.objects.get(slug="second").gpu is None, "its newest state names no card"


def test_it_is_one_change_for_readers() -> None:
    state = deleted(gpu())
    before = CatalogRevision.current_token()
    with pytest.MonkeyPatch.context() as patch:
        tokens: list[str] = []
        patch.setattr("catalog.models.revision.secrets.token_hex", lambda _: tokens.append("new") or "new")
        bring_back(state)
    assert (tokens, CatalogRevision.current_token()) == (["new"], "new")
    assert before != "new"


@pytest.mark.parametrize("in_the_way", [{"slug": "taken"}, {"name": "Taken"}])
def test_what_is_taken_meanwhile_is_refused_and_nothing_is_brought_back(in_the_way: dict[str, str]) -> None:
    model = language_model()
    model.save()
    file = artifact(model=model)
    file.save()
    model.delete()
    language_model(**{"name": "Taken", "slug": "taken", **{k: getattr(model, k) for k in in_the_way}}).save()
    before, state = everything(), deleted_states(LanguageModel).get(slug="test-model")
    with pytest.raises(ValidationError, match="already exists"):
        bring_back(state, went_with(state))
    assert everything() == before


def test_a_file_that_cannot_come_back_keeps_its_model_away_and_is_named() -> None:
    model = language_model()
    model.save()
    file = artifact(model=model)
    file.save()
    model.delete()
    artifact(name="Now taken", slug=file.slug).save()
    before, state = everything(), deleted_states(LanguageModel).get()
    with pytest.raises(ValidationError, match=r"Test File: .*already exists"):
        bring_back(state, went_with(state))
    assert everything() == before


def test_a_file_alone_does_not_come_back_without_its_model() -> None:
    file = artifact()
    file.save()
    file.model.delete()
    with pytest.raises(ValidationError, match=r"It belongs to Qwen2\.5 72B, which is deleted too"):
        bring_back(deleted_states(Artifact).get(slug=file.slug))


def test_a_measurement_comes_back_without_the_card_that_is_gone() -> None:
    row = benchmark()
    row.save()
    card, model = row.gpu, row.model
    row.delete()
    card.delete()
    again = bring_back(deleted_states(Benchmark).get())
    assert isinstance(again, Benchmark)
    assert (again.gpu, again.model) == (None, model)
