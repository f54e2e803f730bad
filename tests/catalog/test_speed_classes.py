"""Every class that speed is calibrated for has a name that readers know."""

import re

from catalog.speed_classes import CLASSES, as_address, choices
from fit.speed_constants import load_constants


def test_every_calibrated_class_has_a_name() -> None:
    assert set(load_constants().classes) <= set(CLASSES)


def test_no_two_classes_have_one_name_and_none_is_a_slug() -> None:
    assert len(set(CLASSES.values())) == len(CLASSES)
    assert not [name for name in CLASSES.values() if re.fullmatch(r"[a-z0-9-]+", name)]


def test_every_class_has_an_address_of_its_own() -> None:
    assert as_address("nvidia-hbm, Pascal") == "nvidia-hbm-pascal"
    slugs = [as_address(name) for name in CLASSES]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs)


def test_a_class_is_chosen_with_its_words_beside_it() -> None:
    assert choices(["of-a-load", "apple-ultra"]) == [
        ("apple-ultra", "apple-ultra: Apple Ultra (two dies)"),
        ("of-a-load", "of-a-load"),
    ]
