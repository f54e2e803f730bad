"""What is kept of a record's states, and who may look at them."""

import pytest
from django.contrib.auth.models import Permission

from tests.catalog.rows import gpu

pytestmark = pytest.mark.django_db


def test_history_brings_no_rights_of_its_own() -> None:
    assert not Permission.objects.filter(codename__contains="historical").exists()


@pytest.mark.parametrize("value", [24, 24.0, "24", "24.00"])
def test_the_same_figure_in_other_words_is_no_change(value: object) -> None:
    row = gpu(memory_gb=24)
    row.save()
    row.memory_gb = value
    row.save()
    assert row.history.count() == 1


def test_what_a_load_remembers_is_no_state_of_the_record() -> None:
    row = gpu()
    row.save()
    row.loaded_record = {"slug": "test-card"}
    row.save()
    assert row.history.count() == 1


def test_a_figure_that_changes_back_is_three_states() -> None:
    row = gpu(power_w=70)
    for power_w in (70, 80, 70):
        row.power_w = power_w
        row.save()
    assert list(row.history.values_list("power_w", flat=True)) == [70, 80, 70]
