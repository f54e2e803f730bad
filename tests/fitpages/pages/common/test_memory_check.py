"""The check of the memory accounting is what `make truth` wrote."""

import json

from fitpages.pages.common.memory_check import NAMES, PATH, RULE, memory_checks


def test_every_check_of_the_file_has_a_name_and_the_rule_stands_last() -> None:
    checks = [line["check"] for line in json.loads(PATH.read_text(encoding="utf-8"))]
    assert set(checks) <= set(NAMES)
    assert list(memory_checks()) == [name for name in NAMES if name in checks]
    assert list(NAMES)[-1] == RULE


def test_figures_are_those_of_the_file() -> None:
    for line in json.loads(PATH.read_text(encoding="utf-8")):
        check = memory_checks()[line["check"]]
        assert (check.rows, check.models, check.exact) == (line["rows"], line["models"], line["exact"])
        assert (check.median, check.worst) == (line["median"], line["worst"])
