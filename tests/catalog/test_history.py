"""Every change of a record is kept: who, when, from which value to which."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from catalog.history import BEGUN, LOADED, FieldChange, changes, fields_apart, states_with_the_one_before
from catalog.models import RECORD_MODELS, Artifact, CatalogRecord, Gpu, LanguageModel
from tests.catalog.desk import desk_of
from tests.catalog.rows import artifact, benchmark, change, gpu

pytestmark = pytest.mark.django_db


def test_a_change_at_the_desk_is_kept_with_its_name_and_both_values(admin_user: User) -> None:
    row = gpu(power_w=72)
    row.save()
    assert desk_of(admin_user).save(row, power_w="720", unified_memory="on") == {}
    latest, first = changes(row)
    assert (latest.who, latest.why, latest.verb) == (admin_user.username, "", "changed")
    assert [field for field in latest.fields if field.name != "saved_anyway"] == [
        FieldChange("unified_memory", "unified memory", "no", "yes"),
        FieldChange("power_w", "board power, W", "72", "720"),
    ]
    assert (first.who, first.verb, first.fields) == ("", "added", [])


def test_what_was_saved_anyway_is_said_in_sentences() -> None:
    row = gpu()
    row.save()
    row.saved_anyway = [{"check": "power", "says": "Power is 720 W.", "reason": "The source has it so."}]
    row.save()
    (field,) = changes(row)[0].fields
    assert (field.before, field.after) == ("empty", "Power is 720 W. Saved anyway: The source has it so.")


def test_a_form_saved_as_it_was_leaves_no_mark(admin_user: User) -> None:
    row = gpu(notes="two\nlines", memory_gb=24, usable_share="0.95")
    row.save()
    assert desk_of(admin_user).save(row) == {}
    assert row.history.count() == 1


def test_names_and_choices_are_said_as_forms_say_them() -> None:
    row = benchmark()
    row.save()
    row.gpu, row.ram_kind, row.decode_tokens_s = Gpu.objects.get(slug="rtx-4090"), "DDR5", 6
    row.split, row.gpu_count = "layer", 2
    row.save()
    words = {field.name: (field.before, field.after) for field in changes(row)[0].fields}
    assert words == {
        "gpu": ("NVIDIA L4", "RTX 4090"),
        "gpu_count": ("1", "2"),
        "ram_kind": ("empty", "DDR5"),
        "split": ("empty", "By layer: the cards work one after the other"),
        "decode_tokens_s": ("5.5", "6"),
    }


def test_a_deletion_is_kept_and_so_is_what_went_with_it() -> None:
    row = artifact(model=LanguageModel.objects.get(slug="qwen2-5-72b"))
    row.save()
    row.model.delete()
    assert Artifact.history.filter(slug=row.slug).first().history_type == "-"
    assert LanguageModel.history.filter(slug="qwen2-5-72b").first().history_type == "-"


def test_the_name_of_a_record_that_is_gone_is_that_which_it_had() -> None:
    row = benchmark()
    row.save()
    row.gpu.delete()
    row.refresh_from_db()
    row.save()
    assert changes(row)[0].fields == [FieldChange("gpu", "GPU", "NVIDIA L4", "empty")]


def test_each_state_comes_with_the_one_before_it() -> None:
    for power_w in (70, 80, 90):
        change(Gpu, "l4", power_w=power_w)
    states = Gpu.history.filter(slug="l4").order_by("-history_id")[:2]
    pairs = [(state.power_w, earlier.power_w) for state, earlier in states_with_the_one_before(Gpu, states)]
    assert pairs == [(90, 80), (80, 70)]


def test_states_and_rows_are_compared_alike() -> None:
    row, other = gpu(power_w=100), gpu(power_w=200)
    assert [field.name for field in fields_apart(row, other)] == ["power_w"]


@pytest.mark.parametrize("kind", RECORD_MODELS)
def test_every_record_that_was_loaded_has_its_state(kind: type[CatalogRecord]) -> None:
    assert kind.history.filter(history_change_reason=LOADED).count() == kind.objects.count()


def test_rows_of_before_there_was_history_begin_with_the_state_they_have() -> None:
    Gpu.history.all().delete()
    migration = import_module("catalog.migrations.0014_history_begins")
    migration.begin(apps, None)
    (first,) = changes(Gpu.objects.get(slug="l4"))
    assert (first.why, first.verb) == (BEGUN, "added")
    assert Gpu.history.count() == Gpu.objects.count()
