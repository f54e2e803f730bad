"""Every class that speed is calibrated for has a name that readers know."""

import re

from fit.speed_constants import load_constants
from fitpages.text.speed_classes import CLASSES


def test_every_calibrated_class_has_a_name() -> None:
    assert set(load_constants().classes) <= set(CLASSES)


def test_no_two_classes_have_one_name_and_none_is_a_slug() -> None:
    assert len(set(CLASSES.values())) == len(CLASSES)
    assert not [name for name in CLASSES.values() if re.fullmatch(r"[a-z0-9-]+", name)]
