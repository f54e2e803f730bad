"""What a deletion takes with it is counted, and what must stay is refused in every way."""

import pytest
from django.db import IntegrityError, models, transaction

from catalog.deletion import effects, has_address, places, refusals
from catalog.models import (
    Artifact,
    Benchmark,
    BoardScore,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Quant,
    Repository,
)
from catalog.models.quant import DEFAULT_STAYS
from tests.catalog.rows import (
    artifact,
    benchmark,
    board_score,
    change,
    gpu,
    language_model,
    pick,
    popularity,
    price,
    quant,
    repository,
)

pytestmark = pytest.mark.django_db

GONE = "Addresses that were public answer 410, “gone”, and say what to read instead, unless they lead elsewhere."


@pytest.fixture
def few() -> None:
    """A catalog of a card, two models and the quantizations."""
    for model in (Benchmark, Artifact, Repository, Popularity, BoardScore, Price, Pick):
        model.objects.all()._raw_delete("default")
    Gpu.objects.exclude(slug="l4")._raw_delete("default")
    LanguageModel.objects.exclude(slug="qwen2-5-72b")._raw_delete("default")
    language_model().save()


@pytest.mark.usefixtures("few")
def test_pages_and_measurements_of_a_card_are_counted() -> None:
    benchmark().save()
    row = Gpu.objects.get(slug="l4")
    assert effects([row]) == [
        "1 page and 2 pages of pairs are taken off in the next request.",
        GONE,
        "1 measurement stays, without its GPU.",
    ]
    row.delete()
    assert Benchmark.objects.get().gpu is None


@pytest.mark.usefixtures("few")
def test_files_and_repositories_go_with_a_model() -> None:
    other = LanguageModel.objects.get(slug="test-model")
    artifact(model=other).save()
    repository(model=other).save()
    benchmark(model=other).save()
    assert effects([other])[2:] == [
        "1 published file is deleted as well.",
        "1 repository is deleted as well.",
        "1 measurement stays, without its model.",
    ]


@pytest.mark.usefixtures("few")
def test_what_people_run_goes_with_a_model_and_prices_with_a_card() -> None:
    other = LanguageModel.objects.get(slug="test-model")
    popularity(model=other).save()
    for board in ("Board v1", "Board v2"):
        board_score(model=other, board=board, name=board, slug=f"score-{board[-1]}").save()
    pick(model=other).save()
    price().save()
    assert sorted(effects([other])[2:]) == [
        "1 pick is deleted as well.",
        "1 popularity count is deleted as well.",
        "2 board scores are deleted as well.",
    ]
    assert effects([Gpu.objects.get(slug="l4")])[2:] == ["1 price is deleted as well."]
    other.delete()
    assert [kind.objects.count() for kind in (Popularity, BoardScore, Pick, Price)] == [0, 0, 0, 1]


@pytest.mark.usefixtures("few")
def test_several_are_counted_together() -> None:
    rows = list(LanguageModel.objects.all())
    assert effects(rows)[0] == "2 pages and 2 pages of pairs are taken off in the next request."


@pytest.mark.usefixtures("few")
def test_a_level_says_which_files_go_and_has_no_page() -> None:
    level = quant(shown="folded")
    level.save()
    artifact(quant=level, label="Q1_K").save()
    assert effects([level]) == ["1 published file is deleted as well."]
    assert not has_address([level])


def test_a_draft_that_never_was_public_leaves_nothing_behind() -> None:
    row = gpu(status="draft")
    row.save()
    assert effects([row]) == ["Never public: the address is free again."]
    assert not has_address([row])
    taken_off = change(Gpu, "l4", status="draft")
    assert effects([taken_off])[0] == GONE


def test_an_address_may_lead_to_another_public_record_of_its_kind() -> None:
    close, others = places([Gpu.objects.get(slug="rtx-4090")])
    slugs = [slug for slug, _ in (*close, *others)]
    assert "rtx-4090" not in slugs
    assert len(slugs) == Gpu.objects.published().count() - 1
    assert ("rtx-4090-d", "RTX 4090 D") in close
    assert 1 < len(close) <= 5
    assert places(list(Gpu.objects.filter(slug__in=["l4", "rtx-4090"])))[0] == []


def test_the_default_quantization_stays_whoever_deletes_it() -> None:
    row = Quant.objects.get(is_default=True)
    assert refusals([row]) == [f"{row}: {DEFAULT_STAYS}"]
    assert refusals([Quant.objects.get(slug="q6-k")]) == []
    with pytest.raises(models.ProtectedError, match="make another one the default first"):
        row.delete()
    with pytest.raises(models.ProtectedError), transaction.atomic():
        Quant.objects.filter(slug__in=["q6-k", row.slug]).delete()
    assert Quant.objects.filter(slug__in=["q6-k", row.slug]).count() == 2


def test_nor_does_the_database_take_it_off() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Quant.objects.filter(is_default=True).update(status="draft")
