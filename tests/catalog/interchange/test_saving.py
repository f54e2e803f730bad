"""Rows that are written together are written, and refused, as if each had come alone."""

from datetime import UTC, datetime

import pytest

from catalog.history import LOADED
from catalog.interchange import saving
from catalog.interchange.placed_records import InterchangeError
from catalog.interchange.saving import Saver
from catalog.models import Artifact, CatalogRecord, Gpu, LanguageModel, Quant
from catalog.models.quant import ANOTHER_DEFAULT
from tests.catalog.rows import artifact, change, gpu, language_model, quant

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
NAME_TAKEN = "field name: GPU with this Name already exists."
CARVED_OUT = "No more can be set apart for the GPU than the memory."


def card(number: int, **overrides: object) -> Gpu:
    return gpu(**{"name": f"Test Card {number}", "slug": f"test-card-{number}", **overrides})


def cards() -> list[str]:
    return list(Gpu.objects.filter(slug__startswith="test-card").order_by("pk").values_list("slug", flat=True))


def save(*rows: CatalogRecord) -> None:
    """Save rows in this order; each stands on a line of its own."""
    saver = Saver(type(rows[0]), AT)
    for number, row in enumerate(rows, start=1):
        saver.save(row, f"line {number}")
    saver.flush()


def refusal(*rows: CatalogRecord) -> str:
    """The message that refuses one of the rows."""
    with pytest.raises(InterchangeError) as caught:
        save(*rows)
    return str(caught.value)


def test_new_rows_wait_for_their_batch_and_come_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "BATCH", 2)
    saver = Saver(Gpu, AT)
    seen = []
    for number in (3, 1, 2):
        saver.save(card(number), "")
        seen.append(cards())
    saver.flush()
    assert [*seen, cards()] == [
        [],
        ["test-card-3", "test-card-1"],
        ["test-card-3", "test-card-1"],
        ["test-card-3", "test-card-1", "test-card-2"],
    ]


@pytest.mark.parametrize("number", [1, 250], ids=["alone", "in a batch and after it"])
def test_every_row_that_is_loaded_has_its_first_state_at_the_time_of_the_load(number: int) -> None:
    save(*[card(place) for place in range(number)])
    states = Gpu.history.filter(slug__startswith="test-card").values_list("history_type", "history_change_reason")
    assert list(states.filter(history_date=AT, history_user=None)) == [("+", LOADED)] * number


def test_a_row_that_a_load_changes_has_the_state_before_and_the_new_one() -> None:
    row = Gpu.objects.get(slug="l4")
    row.power_w = 71
    save(row)
    assert list(row.history.values_list("power_w", "history_change_reason")[:2]) == [(71, LOADED), (72, LOADED)]


def test_a_changed_row_comes_after_the_new_ones_before_it() -> None:
    taken = Gpu.objects.get(slug="l4")
    taken.name = "Test Card 1"
    assert refusal(card(1), taken) == f"line 2, {NAME_TAKEN}"


def test_a_new_row_may_take_the_name_that_a_changed_one_before_it_gave_up() -> None:
    renamed, former = Gpu.objects.get(slug="l4"), Gpu.objects.get(slug="l4").name
    renamed.name = "Test Card 2"
    save(renamed, card(1, name=former))
    assert Gpu.objects.get(name=former).slug == "test-card-1"


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"name": "Test Card 1"}, f"line 2, {NAME_TAKEN}"),
        ({"slug": "test-card-1"}, "line 2, field slug: GPU with this Slug already exists."),
        ({"name": "NVIDIA L4"}, f"line 2, {NAME_TAKEN}"),
        ({"carve_out_gb": 25}, f"line 2: {CARVED_OUT}"),
        ({"memory_gb": None}, "line 2, field memory_gb: This field cannot be null."),
        ({"memory_gb": 0}, "line 2, field memory_gb: This must be above zero, not 0."),
    ],
)
def test_of_rows_that_come_together_the_first_that_is_refused_is_named(
    overrides: dict[str, object], words: str
) -> None:
    assert refusal(card(1), card(2, **overrides), card(3, memory_gb=-1)) == words


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"name": "NVIDIA A10"}, f"line 2, {NAME_TAKEN}"),
        ({"carve_out_gb": 25}, f"line 2: {CARVED_OUT}"),
        ({"vendor": ""}, "line 2, field vendor: This field cannot be blank."),
    ],
)
def test_a_changed_row_is_refused_in_the_same_words(overrides: dict[str, object], words: str) -> None:
    row = Gpu.objects.get(slug="l4")
    for name, value in overrides.items():
        setattr(row, name, value)
    assert refusal(card(1), row) == words


def test_the_former_address_of_another_is_refused() -> None:
    change(Gpu, "l4", slug="l4-24gb")
    words = "line 2, field slug: This slug is a former one of “l4-24gb” and is kept for it. Choose another."
    assert refusal(card(1), card(2, slug="l4")) == words


def test_a_row_that_takes_the_address_of_a_deleted_one_revives_it() -> None:
    Gpu.objects.get(slug="l4").delete()
    saver = Saver(Gpu, AT)
    assert saver.retired == {"l4": ""}
    saver.save(card(1, slug="l4"), "")
    assert Saver(Gpu, AT).retired == {}


def test_a_second_file_of_the_same_name_and_place_is_refused() -> None:
    files = [artifact(name=f"File {number}", slug=f"test-file-{number}") for number in (1, 2)]
    words = "There is a record of this file already: the same kind, label and repository. Change that one."
    assert refusal(*files) == f"line 2: {words}"


def test_a_file_of_no_model_is_refused() -> None:
    assert refusal(artifact(model=None)) == "line 1, field model: This field cannot be null."


def test_a_second_default_is_refused_among_those_that_wait() -> None:
    Quant.objects.filter(is_default=True).update(is_default=False)
    levels = [quant(name=f"Q{n}", slug=f"q-{n}", order=n, is_default=True) for n in (701, 702)]
    assert refusal(*levels) == f"line 2, field is_default: {ANOTHER_DEFAULT}"


def test_one_insertion_and_no_look_up_writes_many_rows(django_assert_max_num_queries: object) -> None:
    saver, model = Saver(Artifact, AT), LanguageModel.objects.get(slug="qwen2-5-72b")
    files = [artifact(model=model, name=f"F {n}", slug=f"f-{n}", repository=f"tests/F-{n}") for n in range(9)]
    # The insertion, the revision, and what makes them one.
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        for file in files:
            saver.save(file, "")
        saver.flush()
    assert Artifact.objects.filter(slug__startswith="f-").count() >= 9


def test_a_model_whose_document_cannot_be_read_is_refused_by_block_and_key() -> None:
    document = {"vocab_size": 9, "hidden_size": 9, "tie_embeddings": True, "blocks": []}
    assert refusal(language_model(architecture=document)).startswith("line 1, field architecture: ")
