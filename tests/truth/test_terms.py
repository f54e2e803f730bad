"""A term that is left out changes what it explains, and no more."""

import dataclasses

import pytest

from catalog.management.solver import least_squares
from fit.observation import Observation
from tests.fit.constants import decode_class, speed_constants
from tests.fit.observations import GB, as_predicted, cards, work
from tests.truth.terms import KINDS, TERMS, line, without

TRUE = speed_constants(linear_layer=2.0, classes={"usual": decode_class(efficiency=0.7)}, machines={})


def rows() -> list[Observation]:
    """Five cards, each with models of linear attention as well."""
    plain = list(cards(TRUE, 5))
    linear = [
        as_predicted(
            TRUE,
            **{
                **{name: getattr(row, name) for name in ("card", "bandwidth_gb_s")},
                "slug": f"{row.slug}-linear",
                "model": f"{row.model}-linear",
                "work": work(GB, layers=row.work.layers, linear_layers=row.work.layers // (1 + index % 2)),
            },
        )
        for index, row in enumerate(plain)
    ]
    return sorted([*plain, *linear], key=lambda row: row.slug)


def worst(term: str) -> float:
    held = without(term, rows(), least_squares)
    return max(abs(entry.tokens_s / entry.observation.tokens_s - 1) for entry in held)


def test_without_its_term_what_it_explains_is_off() -> None:
    assert worst("as it is") < 0.1
    assert worst("a layer of linear attention") > 0.15
    assert worst("what a latent costs") == pytest.approx(worst("as it is"), abs=0.01)


def test_a_line_has_an_error_for_each_kind() -> None:
    held = without("as it is", rows(), least_squares)
    parts = line(held).split(" | ")
    assert len(parts) == len(KINDS) + 1
    assert parts[list(KINDS).index("mixtures")] == "-"
    off = [dataclasses.replace(entry, tokens_s=1.5 * entry.observation.tokens_s) for entry in held]
    assert line(off).split(" | ")[0] == "50.0 / 50"


@pytest.mark.parametrize("term", TERMS)
def test_every_term_names_values_that_there_are(term: str) -> None:
    from fit.calibration.values import values_of
    from tests.fit.calibration.test_values import ROWS

    assert set(TERMS[term][0]) <= {value.name[0] for value in values_of(ROWS)}
