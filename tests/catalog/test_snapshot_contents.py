"""What the picture for public pages holds: what is published, in the order that pages want it, and no draft."""

from collections.abc import Callable
from typing import Any

import pytest

from catalog.models import Artifact, CatalogRecord, Gpu, LanguageModel, Quant
from catalog.snapshot import PublishedFile, Snapshot, current
from tests.catalog.rows import SOURCE, artifact, change, gpu, language_model, quant, repository

pytestmark = pytest.mark.django_db

MIXTRAL = "mixtral-8x22b-q5-k-m"


def files() -> dict[tuple[str, str], PublishedFile]:
    """Published files by the slug of their model and their own."""
    return {(model, file.slug): file for model, of_model in current().files_of.items() for file in of_model}


def slugs(snapshot: Snapshot) -> set[str]:
    """The slug of everything that the picture shows, in whatever list."""
    shown = [*snapshot.gpus.values(), *snapshot.models.values(), *snapshot.quants]
    return {record.slug for record in [*shown, *snapshot.common_gpus, *snapshot.models_by_size]}


@pytest.mark.parametrize(("model", "slug"), [(Gpu, "l4"), (LanguageModel, "qwen2-5-72b"), (Quant, "q6-k")])
def test_a_record_taken_back_to_draft_is_in_no_list_until_it_is_published(
    model: type[CatalogRecord], slug: str
) -> None:
    assert slug in slugs(current())
    change(model, slug, status="draft")
    assert slug not in slugs(current())
    change(model, slug, status="published")
    assert slug in slugs(current())


@pytest.mark.parametrize("make", [gpu, language_model, quant])
def test_a_new_draft_is_in_no_list(make: Callable[..., CatalogRecord]) -> None:
    make(status="draft").save()
    assert make().slug not in slugs(current())


def test_common_cards_are_the_smallest_first(snapshot: Snapshot) -> None:
    figures = [(card.spec.nameplate_gb, card.spec.bandwidth_gb_s, card.slug) for card in snapshot.common_gpus]
    assert figures == sorted(figures)
    assert set(snapshot.common_gpus) == {card for card in snapshot.gpus.values() if card.common}


def test_models_by_size_are_all_models_the_smallest_first(snapshot: Snapshot) -> None:
    sizes = [(model.spec.parameters, model.slug) for model in snapshot.models_by_size]
    assert sizes == sorted(sizes)
    assert set(snapshot.models_by_size) == set(snapshot.models.values())


def test_quantizations_are_in_the_editors_order_best_quality_first(snapshot: Snapshot) -> None:
    assert [quant.slug for quant in snapshot.quants] == ["fp16", "q8-0", "q6-k", "q5-k-m", "q4-k-m", "q3-k-m"]


def default_slug() -> str | None:
    return current().default_slug or None


def only_the_best(quants: Any) -> None:
    quants.update(is_default=False)
    quants.exclude(slug__in=["fp16", "q8-0"]).delete()


def none_at_all(quants: Any) -> None:
    quants.update(is_default=False)
    quants.all().delete()


def smallest_not_recommended(quants: Any) -> None:
    quants.update(is_default=False)
    quants.filter(slug="q3-k-m").update(worth_recommending=False)


@pytest.mark.parametrize(
    ("change_quants", "slug"),
    [
        (lambda quants: quants.none(), "q4-k-m"),
        (lambda quants: quants.update(is_default=False), "q3-k-m"),
        (smallest_not_recommended, "q4-k-m"),
        (lambda quants: quants.update(is_default=False, worth_recommending=False), "q3-k-m"),
        (only_the_best, "q8-0"),
        (lambda quants: quants.update(status="draft", is_default=False), None),
        (none_at_all, None),
    ],
    ids=[
        "marked",
        "none marked",
        "smallest not recommended",
        "none recommended",
        "seldom worth their size",
        "drafts",
        "none",
    ],
)
def test_the_default_is_the_marked_one_else_the_smallest_recommended_else_the_smallest(
    change_quants: Callable[[Any], object], slug: str | None
) -> None:
    change_quants(Quant.objects)
    assert default_slug() == slug


def test_published_files_are_found_by_their_model() -> None:
    rows = Artifact.objects.published().select_related("model")
    assert set(files()) == {(row.model.slug, row.slug) for row in rows}
    artifact(size_bytes=40_000_000_000, token_list_bytes=5_000_000).save()
    file = files()["qwen2-5-72b", "test-file"]
    assert (file.level, file.label, file.tensor_bytes, file.sources) == ("q4-k-m", "Q4_K_M", 39_995_000_000, (SOURCE,))


def test_a_file_of_a_level_that_is_not_published_is_not_found() -> None:
    assert ("mixtral-8x22b", MIXTRAL) in files()
    change(Quant, "q5-k-m", status="draft")
    assert ("mixtral-8x22b", MIXTRAL) not in files()


def test_repositories_are_found_by_their_model() -> None:
    repository().save()
    repository(name="tests/Draft-GGUF", slug="draft", status="draft").save()
    (place_of_files,) = [place for place in current().repositories_of["qwen2-5-72b"] if place.publisher == "tests"]
    assert (place_of_files.name, place_of_files.labels) == ("tests/Test-GGUF", ("Q4_K_M", "Q8_0"))


@pytest.mark.parametrize(
    "leave",
    [
        lambda: change(Artifact, MIXTRAL, status="draft"),
        lambda: Artifact.objects.filter(slug=MIXTRAL).delete(),
        lambda: LanguageModel.objects.get(slug="mixtral-8x22b").delete(),
    ],
    ids=["draft", "deleted", "deleted with its model"],
)
def test_a_file_that_is_no_longer_published_is_not_found(leave: Callable[[], object]) -> None:
    assert ("mixtral-8x22b", MIXTRAL) in files()
    leave()
    assert ("mixtral-8x22b", MIXTRAL) not in files()


def test_a_file_is_found_by_the_present_slug_of_its_model() -> None:
    change(LanguageModel, "mixtral-8x22b", slug="mixtral")
    assert ("mixtral", MIXTRAL) in files()
    assert ("mixtral-8x22b", MIXTRAL) not in files()


def test_specs_carry_the_figures_that_the_arithmetic_needs() -> None:
    gpu(usable_share="0.9", unified_memory=True, speed_class="nvidia-gddr", reported_memory_mib=23034).save()
    language_model(native_context=8192, extended_context=16384).save()
    card, model = current().gpus["test-card"].spec, current().models["test-model"].spec
    assert (card.nameplate_gb, card.bandwidth_gb_s, float(card.usable_share or 0)) == (24, 1008, 0.9)
    assert (card.unified_memory, card.speed_class, card.reported_mib) == (True, "nvidia-gddr", 23034)
    assert (model.parameters, model.native_context, model.extended_context) == (8_030_000_000, 8192, 16384)
    assert model.architecture is not None
    assert (model.architecture.vocab_size, model.architecture.hidden_size) == (1000, 512)


@pytest.mark.parametrize("document", [None, {"blocks": 3}])
def test_a_model_whose_architecture_is_missing_or_cannot_be_read_is_shown_without_one(document: Any) -> None:
    LanguageModel.objects.filter(slug="qwen2-5-72b").update(architecture=document)
    assert current().models["qwen2-5-72b"].spec.architecture is None


def test_records_are_in_order_of_their_slugs_whatever_the_database_sorts_by(snapshot: Snapshot) -> None:
    """A real server sorts "a-b" after "aa", as words of a language are."""
    slugs = [benchmark.slug for benchmark in snapshot.benchmarks]
    for kind in (list(snapshot.gpus), list(snapshot.models), slugs):
        assert kind == sorted(kind)
        assert len(kind) > 10
