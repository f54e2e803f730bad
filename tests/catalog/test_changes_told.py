"""What a single state changed in the eyes of readers, who never see a draft."""

from collections import defaultdict
from typing import Any

import pytest

from catalog.changes_told import changes_of
from catalog.models import Artifact, Benchmark, CatalogRecord, Gpu, LanguageModel, Quant
from catalog.public_states import Slugs
from catalog.recent_changes import Deed, FieldApart, PublicChange
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
)

pytestmark = pytest.mark.django_db


def slugs() -> Slugs:
    """Of the published records that others name."""
    tables = (Gpu, LanguageModel, Quant)
    rows = {table.kind(): table.objects.published().values_list("pk", "slug") for table in tables}
    return {kind: defaultdict(str, dict(of_kind)) for kind, of_kind in rows.items()}


def told(row: CatalogRecord) -> list[PublicChange | None]:
    """What each state of a row changed, the first first."""
    numbers = [state.history_id for state in type(row).history.filter(id=row.pk).order_by("history_id")]
    changes = changes_of(type(row), numbers, slugs())
    return [changes[number] for number in numbers]


def saved(row: Any, **values: Any) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def test_a_changed_figure_is_told_with_both_values_and_the_sources() -> None:
    row = saved(gpu(power_w=100, sources="https://example.org/a"))
    saved(row, power_w=110, sources="https://example.org/a\nA manual")
    added, changed = told(row)
    assert added is not None
    assert changed is not None
    assert (added.deed, added.fields, added.name, added.slug) == (Deed.ADDED, (), "Test Card", "test-card")
    assert changed.deed is Deed.CHANGED
    assert changed.fields == (
        FieldApart("sources", ("https://example.org/a",), ("https://example.org/a", "A manual")),
        FieldApart("power_w", 100, 110),
    )
    assert changed.sources == ("https://example.org/a", "A manual")


def test_nothing_of_a_draft_is_told_before_it_is_public() -> None:
    row = saved(gpu(status="draft", name="Secret Card"))
    saved(row, power_w=110)
    saved(row, status="published", name="Test Card")
    first, second, third = told(row)
    assert (first, second) == (None, None)
    assert third is not None
    assert (third.deed, third.name, third.fields) == (Deed.ADDED, "Test Card", ())


def test_what_is_taken_off_keeps_the_name_and_the_figures_that_readers_saw() -> None:
    row = saved(gpu(power_w=100))
    saved(row, status="draft", name="Secret Card", slug="secret-card", power_w=999)
    off = told(row)[1]
    assert off is not None
    assert (off.deed, off.name, off.slug, off.fields) == (Deed.TAKEN_OFF, "Test Card", "test-card", ())


def test_what_comes_back_is_compared_with_what_readers_saw_last() -> None:
    row = saved(gpu(power_w=100))
    saved(row, status="draft")
    saved(row, power_w=999)
    saved(row, status="published", power_w=120)
    changes = told(row)
    back = changes[3]
    assert changes[2] is None
    assert back is not None
    assert (back.deed, back.fields) == (Deed.BACK, (FieldApart("power_w", 100, 120),))


def test_a_deletion_is_told_of_what_was_public_alone() -> None:
    public, draft = saved(gpu()), saved(gpu(name="Draft", slug="a-draft", status="draft"))
    keys = [public.pk, draft.pk]
    public.delete()
    draft.delete()
    states = Gpu.history.filter(id__in=keys, history_type="-").order_by("history_id")
    deleted, nothing = (changes_of(Gpu, [state.history_id], slugs())[state.history_id] for state in states)
    assert nothing is None
    assert deleted is not None
    assert (deleted.deed, deleted.name) == (Deed.DELETED, "Test Card")


@pytest.mark.parametrize(
    "values",
    [
        {"editor_notes": "Doubtful."},
        {"confidence": "high"},
        {"saved_anyway": [{"check": "power", "says": "Much.", "reason": "It is so."}]},
    ],
)
def test_what_is_the_desk_s_is_not_told(values: dict[str, Any]) -> None:
    row = saved(gpu())
    saved(row, **values)
    assert told(row)[1] is None


def test_a_score_of_a_board_without_a_licence_is_not_there_for_readers() -> None:
    row = saved(board_score(shown=False))
    saved(row, score="42")
    saved(row, shown=True)
    saved(row, shown=False, score="43")
    first, second, third, fourth = told(row)
    assert (first, second) == (None, None)
    assert third is not None
    assert fourth is not None
    assert (third.deed, fourth.deed, fourth.fields) == (Deed.ADDED, Deed.TAKEN_OFF, ())


@pytest.mark.parametrize("make", [popularity, board_score, pick, price])
def test_what_is_of_a_draft_is_not_told_of(make: Any) -> None:
    owner: Any = gpu(status="draft") if make is price else language_model(status="draft")
    owner.save()
    row = make(**{"gpu" if make is price else "model": owner})
    row.save()
    assert told(row) == [None]
    saved(owner, status="published")
    saved(row, name="Another Name")
    assert [change is not None for change in told(row)] == [False, True]


def test_a_measurement_that_is_hidden_is_not_there_for_readers() -> None:
    row = saved(benchmark(hidden_because="Its source has no address."))
    saved(row, decode_tokens_s="7")
    saved(row, hidden_because="")
    saved(row, hidden_because="A doubt.", decode_tokens_s="70")
    changes = told(row)
    assert changes[:2] == [None, None]
    assert [change.deed for change in changes[2:] if change] == [Deed.ADDED, Deed.TAKEN_OFF]
    assert "70" not in str([change.fields for change in changes[2:] if change])


def test_a_measurement_names_the_public_records_that_it_is_of() -> None:
    row = saved(benchmark())
    change(LanguageModel, "qwen2-5-72b", status="draft")
    first = told(row)[0]
    assert first is not None
    assert (first.gpu, first.model, first.quant) == ("l4", "", "q4-k-m")


def test_a_file_is_not_told_of_while_its_model_is_a_draft() -> None:
    model = saved(language_model(status="draft"))
    row = saved(artifact(model=model, name="Draft File", slug="draft-file"))
    saved(row, size_bytes=2_000)
    saved(model, status="published")
    saved(row, size_bytes=3_000)
    first, second, third = told(row)
    assert (first, second) == (None, None)
    assert third is not None
    assert third.fields == (FieldApart("size_bytes", 2_000, 3_000),)
    assert third.model == "test-model"


def test_a_file_of_a_level_that_is_a_draft_is_not_told_of() -> None:
    row = saved(artifact())
    saved(row.quant, is_default=False, status="draft")
    saved(row, size_bytes=3_000)
    assert [change is None for change in told(row)] == [False, True]


def test_files_that_go_with_their_model_are_told_of() -> None:
    row = saved(artifact())
    key = row.pk
    row.model.delete()
    state = Artifact.history.filter(id=key).first()
    deleted = changes_of(Artifact, [state.history_id], slugs())[state.history_id]
    assert deleted is not None
    assert deleted.deed is Deed.DELETED


def test_choices_are_in_their_words_and_documents_in_the_places_that_differ() -> None:
    row = saved(language_model(commercial_use="no"))
    architecture = {**row.architecture, "vocab_size": 2_000}
    saved(row, commercial_use="with conditions", architecture=architecture)
    changed = told(row)[1]
    assert changed is not None
    assert changed.fields == (
        FieldApart("architecture", "vocab_size: 1,000", "vocab_size: 2,000"),
        FieldApart("commercial_use", "No", "With conditions"),
    )
    saved(row, architecture=None)
    gone = told(row)[2]
    assert gone is not None
    assert gone.fields == (FieldApart("architecture", "described", ""),)


def test_a_long_text_is_told_where_it_differs_and_whole_where_there_was_none() -> None:
    row = saved(gpu(notes=""))
    saved(row, notes=f"{'a' * 200} ends here")
    saved(row, notes=f"{'a' * 200} ends there")
    _, first, second = told(row)
    assert first is not None
    assert second is not None
    assert first.fields[0].before == ""
    assert len(second.fields[0].after) < 60


def test_nothing_asked_is_nothing_read(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert changes_of(Benchmark, [], {}) == {}
