"""A speed class for all the cards that have another."""

import pytest

from catalog.models import Gpu
from fitpages.desk.effects.classes import ClassForm, cards_with, classes
from tests.catalog.rows import gpu

pytestmark = pytest.mark.django_db


def test_classes_are_those_of_cards_and_of_the_calibration() -> None:
    gpu(speed_class="a-new-one").save()
    gpu(name="Second", slug="second", speed_class="").save()
    names = classes()
    assert {"a-new-one", "nvidia-gddr"} <= set(names)
    assert "" not in names
    assert names == sorted(names)
    assert not any("," in name for name in names)


def test_the_cards_of_a_class_have_another_and_are_not_saved() -> None:
    gpu(speed_class="mine").save()
    (card,) = cards_with("mine", "yours")
    assert (card.slug, card.speed_class) == ("test-card", "yours")
    assert Gpu.objects.get(slug="test-card").speed_class == "mine"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"now": "nvidia-gddr", "becomes": "nvidia-gddr"}, "__all__"),
        ({"now": "no such", "becomes": "nvidia-gddr"}, "now"),
        ({"now": "nvidia-gddr", "becomes": "no such"}, "becomes"),
        ({"now": "nvidia-gddr", "becomes": ""}, None),
        ({"now": "nvidia-gddr", "becomes": "nvidia-hbm"}, None),
    ],
)
def test_only_classes_may_be_chosen_and_two_of_them(typed: dict[str, str], fault: str | None) -> None:
    assert list(ClassForm(typed).errors) == ([fault] if fault else [])
