"""Which levels there are of a model: the usual ones, those below them, and the one that it was made in."""

from decimal import Decimal

import pytest

from fit import levels
from fit.levels import MOST_ROWS, Levels, levels_of, native_level
from fit.needs import needs
from fit.specs import ModelSpec, QuantSpec, Shown
from tests.builders import DEFAULT, QUANTS, model_spec, quant_spec
from tests.fit.architectures import architecture, layout, mixture, model

LOWER = tuple(
    quant_spec(slug=f"lower-{n}", bytes_per_weight=None, shown=Shown.NOTHING_BETTER, worth_recommending=False)
    for n in range(6)
)
FOLDED = quant_spec(slug="folded", bytes_per_weight=None, shown=Shown.FOLDED)
# A mix with rules stands for the one with experts at MXFP4: the architecture says what becomes of the experts.
NATIVE = quant_spec(slug="mxfp4", bytes_per_weight=None, mix="IQ4_XS", shown=Shown.FOLDED)
ALL = (NATIVE, *QUANTS, *LOWER, FOLDED)
MADE_IN_FOUR_BITS = model(mixture(gguf=layout(mxfp4_experts=True)))


@pytest.fixture(autouse=True)
def _native_mix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "NATIVE_MIX", NATIVE.mix)


def of(spec: ModelSpec, *, quants: tuple[QuantSpec, ...] = ALL, **published: int) -> Levels:
    sizes = {slug.replace("_", "-"): size for slug, size in published.items()}
    return levels_of(spec, quants, DEFAULT, sizes)


def test_a_dense_model_has_the_usual_levels_and_not_the_one_with_experts() -> None:
    of_model = of(model(architecture()))
    assert of_model.always == of_model.made == QUANTS
    assert of_model.default is DEFAULT
    assert NATIVE not in (*of_model.lower, *of_model.folded)
    assert of_model.worthy == (*QUANTS[2:], FOLDED)


def test_a_table_has_ten_rows_at_most_and_the_rest_is_folded() -> None:
    of_model = of(model(architecture()))
    assert len(of_model.always) + len(of_model.lower) == MOST_ROWS
    assert of_model.lower == LOWER[:4]
    assert of_model.folded == (*LOWER[4:], FOLDED)


def test_where_the_default_does_not_fit_folded_levels_worth_recommending_are_advised_in_their_places() -> None:
    worthy, plain = (
        quant_spec(slug=slug, bytes_per_weight=None, shown=Shown.FOLDED, worth_recommending=worth)
        for slug, worth in (("worthy", True), ("plain", False))
    )
    above = quant_spec(slug="above", bytes_per_weight=None, shown=Shown.FOLDED)
    of_model = of(model(architecture()), quants=(above, *QUANTS[:-1], worthy, plain, QUANTS[-1], *LOWER[:1]))
    assert QUANTS[4] is DEFAULT
    assert of_model.wider == (*QUANTS[:-1], worthy, QUANTS[-1])
    assert of_model.below == (plain, LOWER[0])
    assert of_model.folded == (above, worthy, plain)
    assert of_model.worthy == (above, *QUANTS[2:-1], worthy, QUANTS[-1])


def test_a_mixture_made_in_sixteen_bits_has_the_level_with_experts_among_those_folded() -> None:
    of_model = of(model(mixture()))
    assert NATIVE in of_model.folded
    assert of_model.always == QUANTS
    assert NATIVE.worth_recommending
    assert NATIVE not in (*of_model.worthy, *of_model.below)


def test_a_model_made_in_four_bits_has_that_level_first_and_as_its_default_and_nothing_else_is_made() -> None:
    of_model = of(MADE_IN_FOUR_BITS)
    assert of_model.always == (NATIVE, *QUANTS)
    assert of_model.default is NATIVE
    assert of_model.made == (NATIVE,)
    assert of_model.lower == of_model.folded == ()
    assert of_model.worthy == (NATIVE,)


def test_a_published_file_makes_a_level_whichever_the_model_was_made_in() -> None:
    of_model = of(MADE_IN_FOUR_BITS, q4_k_m=10**10, folded=10**10)
    assert of_model.made == (NATIVE, DEFAULT)
    assert of_model.folded == (FOLDED,)
    assert of_model.wider == (NATIVE, *QUANTS, FOLDED)
    assert of_model.worthy == (NATIVE, DEFAULT, FOLDED)
    assert of(MADE_IN_FOUR_BITS, lower_0=10**10).below == LOWER[:1]


def test_published_files_that_are_not_worth_recommending_are_made_and_not_worthy() -> None:
    of_model = of(MADE_IN_FOUR_BITS, fp16=10**10, q8_0=10**10, q6_k=10**10, lower_0=10**10)
    assert of_model.made == (NATIVE, *QUANTS[:3])
    assert of_model.worthy == (NATIVE, QUANTS[2])
    assert of_model.below == LOWER[:1]


@pytest.mark.parametrize(
    ("index", "place"), [(0, 5), (1, 6), (2, 6)], ids=["worthy", "the first below", "the last below"]
)
def test_another_level_stands_among_the_usual_ones_before_the_first_that_is_worse(index: int, place: int) -> None:
    worthy = quant_spec(slug="worthy", bytes_per_weight=None, shown=Shown.FOLDED)
    of_model = of(model(architecture()), quants=(*QUANTS[:-1], worthy, QUANTS[-1], *LOWER[:2]))
    other = (worthy, *LOWER[:2])[index]
    assert of_model.with_others(other) == (*QUANTS[:place], other, *QUANTS[place:])


@pytest.mark.parametrize("spec", [model(architecture()), model(mixture()), model_spec()])
def test_no_level_is_both_worthy_and_below(spec: ModelSpec) -> None:
    of_model = of(spec)
    assert of_model.default in of_model.worthy
    assert of_model.below == LOWER
    assert not set(of_model.worthy) & set(of_model.below)


def test_a_native_level_that_is_not_there_is_none() -> None:
    assert native_level(MADE_IN_FOUR_BITS, ALL) is NATIVE
    assert native_level(MADE_IN_FOUR_BITS, QUANTS) is None
    assert native_level(model(mixture()), ALL) is None
    assert of(MADE_IN_FOUR_BITS, quants=QUANTS).default is DEFAULT


def test_a_native_level_that_cannot_be_counted_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "NATIVE_MIX", "no such mix")
    uncounted = quant_spec(slug="mxfp4", bytes_per_weight=None, mix="no such mix", shown=Shown.FOLDED)
    assert native_level(MADE_IN_FOUR_BITS, (uncounted, *QUANTS)) is None
    assert of(MADE_IN_FOUR_BITS, quants=(uncounted, *QUANTS)).made == QUANTS


def test_levels_that_nobody_makes_stand_for_the_rule_alone() -> None:
    of_model = of(MADE_IN_FOUR_BITS)
    native, *others = needs(MADE_IN_FOUR_BITS, of_model.always, made=of_model.made)
    assert native.is_made
    assert native.rule_bytes is None
    assert native.size_bytes == native.exact_bytes != 0
    assert {(need.is_made, need.accounting) for need in others} == {(False, None)}
    assert others[0].rule_bytes == MADE_IN_FOUR_BITS.parameters * 2 * Decimal("1.2")
