"""What may stand once is known of rows that are not written, as the database has it."""

from typing import Any

import pytest
from django.db.models import Q

from catalog.interchange.unique_rules import UniqueRule, holds, unique_rules
from catalog.models import RECORD_MODELS, Artifact, Gpu, Quant


def names(model: Any) -> list[tuple[str, ...]]:
    return [rule.names for rule in unique_rules(model)]


def test_every_rule_of_a_kind_is_known() -> None:
    assert names(Gpu) == [("name",), ("slug",)]
    assert names(Quant) == [("name",), ("slug",), ("order",), ("is_default",)]
    assert names(Artifact)[2:] == [
        ("model", "kind_of_file", "label", "repository"),
        ("model", "quant"),
        ("model", "label"),
    ]


@pytest.mark.parametrize("model", RECORD_MODELS)
def test_every_condition_can_be_asked_of_a_row(model: Any) -> None:
    for rule in unique_rules(model):
        rule.key(lambda name: None)


@pytest.mark.parametrize(
    ("values", "expected"),
    [({"a": 1, "b": None}, True), ({"a": 1, "b": 2}, False), ({"a": 2, "b": None}, False)],
)
def test_a_condition_is_asked_of_values(values: dict[str, Any], expected: bool) -> None:
    assert holds(Q(a=1, b__isnull=True), values.__getitem__) is expected
    assert holds(~Q(a=1, b__isnull=True), values.__getitem__) is not expected
    assert holds(Q(a=1) & ~Q(b__isnull=False), values.__getitem__) is expected


def test_another_comparison_is_no_guess() -> None:
    with pytest.raises(NotImplementedError):
        holds(Q(a__gt=1), {"a": 2}.__getitem__)


def test_two_rows_with_nothing_do_not_collide() -> None:
    assert UniqueRule(("a", "b"), None, "").key({"a": 1, "b": None}.__getitem__) is None


def test_what_decides_a_collision_is_every_field_of_the_rule() -> None:
    rule = UniqueRule(("a",), Q(b=1) & ~Q(c__isnull=True), "")
    assert rule.involved == {"a", "b", "c"}
