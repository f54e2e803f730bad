"""The picture as a save would make it, without the save: the same in every field, and nothing in the database."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

import pytest

from catalog import hypothetical
from catalog.models import Artifact, CatalogRecord, Gpu, LanguageModel, Quant
from catalog.snapshot import Snapshot, build, current
from tests.catalog.rows import artifact, everything, gpu, language_model, quant

pytestmark = pytest.mark.django_db

# What differs between two saves of the same.
OF_THE_SAVE = {"revision", "changes", "read_at_s", "by_fingerprint", "updated_at", "quants_changed_at"}


def contents(value: Any) -> Any:
    """All that a picture says, as values that can be compared; specs can as they are."""
    if is_dataclass(value) and type(value).__eq__ is object.__eq__:
        names = [field.name for field in fields(value) if field.name not in OF_THE_SAVE]
        return {name: contents(getattr(value, name)) for name in names}
    if hasattr(value, "items"):
        return {key: contents(item) for key, item in value.items()}
    return [contents(item) for item in value] if isinstance(value, list | tuple) else value


def changed(table: type[CatalogRecord], slug: str, /, **values: Any) -> CatalogRecord:
    """A row with other values, not saved."""
    row = table._default_manager.get(slug=slug)
    for name, value in values.items():
        setattr(row, name, value)
    return row


CHANGES: dict[str, Callable[[], CatalogRecord]] = {
    "a bandwidth": lambda: changed(Gpu, "rtx-4090", bandwidth_gb_s=108),
    "a card that becomes common": lambda: changed(Gpu, "rx-7900m", common=True),
    "a card taken off": lambda: changed(Gpu, "l4", status="draft"),
    "a new card": gpu,
    "a draft": lambda: gpu(status="draft"),
    "another address": lambda: changed(Gpu, "l4", slug="nvidia-l4"),
    "a size": lambda: changed(LanguageModel, "qwen2-5-72b", parameters=7_270_000_000),
    "a model taken off, with files and measurements": lambda: changed(LanguageModel, "llama-3-1-8b", status="draft"),
    "a new model": language_model,
    "another address of a model": lambda: changed(LanguageModel, "qwen2-5-72b", slug="qwen-72b"),
    "a place in the order": lambda: changed(Quant, "q6-k", order=1),
    "a quantization taken off": lambda: changed(Quant, "q4-k-m", status="draft", is_default=False),
    "a new quantization": lambda: quant(bytes_per_weight=Decimal("0.3")),
    "a file": artifact,
    "a file of another level": lambda: changed(
        Artifact, Artifact.objects.published().filter(quant__slug="q4-k-m")[0].slug, quant=None
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_it_is_what_a_save_makes_and_nothing_is_saved(change: Callable[[], CatalogRecord]) -> None:
    rows = everything()
    row = change()
    before, after = hypothetical.saved([row])
    assert everything() == rows
    assert before is current()
    row.save()
    now = contents(build(before))
    assert contents(after) == now
    assert (contents(before) == now) is (row.slug == "test-card" and not row.is_published)


@pytest.mark.parametrize(
    ("table", "slug"), [(Gpu, "rtx-4090"), (LanguageModel, "llama-3-1-8b"), (Quant, "q8-0"), (Artifact, "")]
)
def test_it_is_what_a_deletion_leaves(table: type[CatalogRecord], slug: str) -> None:
    published = table._default_manager.filter(status="published")
    row = published.get(slug=slug) if slug else published[0]
    before, after = hypothetical.saved([], [row])
    assert contents(before) != contents(after)
    row.delete()
    assert contents(after) == contents(build(before))


def test_what_does_not_change_is_the_same_object() -> None:
    before, after = hypothetical.saved([changed(Gpu, "rtx-4090", bandwidth_gb_s=108)])
    others = [slug for slug, card in before.gpus.items() if after.gpus[slug] is not card]
    assert others == ["rtx-4090"]
    assert all(after.models[slug] is model for slug, model in before.models.items())
    assert before is current()


def test_many_rows_change_at_once() -> None:
    cards = [changed(Gpu, slug, speed_class="nvidia-hbm") for slug in ("rtx-4090", "rtx-3090")]
    _, after = hypothetical.saved(cards)
    assert {after.gpus[card.slug].spec.speed_class for card in cards} == {"nvidia-hbm"}


def test_old_addresses_lead_on_and_back() -> None:
    for first, second in (("l4", "card-a"), ("card-a", "l4"), ("l4", "card-b")):
        row = changed(Gpu, first, slug=second)
        before, after = hypothetical.saved([row])
        row.save()
        assert contents(after) == contents(build(before))


def test_two_new_rows_and_their_files_are_not_mixed_up() -> None:
    new = [gpu(), gpu(name="Second", slug="second", bandwidth_gb_s=500)]
    _, after = hypothetical.saved([*new, language_model()])
    assert after.gpus["second"].spec.bandwidth_gb_s == 500
    assert {slug for slug, files in after.files_of.items() if files} == {*current().files_of}


def test_it_is_of_one_state_of_the_catalog(monkeypatch: pytest.MonkeyPatch) -> None:
    """A save between the reading of both is not taken for an effect."""
    read = hypothetical.of_rows
    edits = [lambda: changed(Gpu, "l4", bandwidth_gb_s=301).save()]

    def edited_meanwhile(*arguments: Any) -> Snapshot:
        picture = read(*arguments)
        while edits:
            edits.pop()()
        return picture

    monkeypatch.setattr(hypothetical, "of_rows", edited_meanwhile)
    before, after = hypothetical.saved([changed(Gpu, "rtx-4090", bandwidth_gb_s=108)])
    assert before.gpus["l4"] is after.gpus["l4"]
    assert before.gpus["l4"].spec.bandwidth_gb_s == 301
