"""No architecture document does harm: whatever an editor enters is read, or refused in sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.architecture import Architecture
from fit.architecture_document import ArchitectureError, arithmetic, read
from tests.fit.architecture_documents import FIRST_MIXER, Place, minimal, problems, with_value

ARITHMETIC = 'must be a whole number or a product and sum of them such as "2*2048+1"'

HOSTILE = [
    "9**9",
    "9**9**9**9",
    "__import__('os')",
    "print(1)",
    "(lambda: 1)()",
    "1<<62",
    "a",
    "1.5",
    "1e3",
    "10/2",
    "True",
    "'1'",
    "[1]",
    "1;2",
    "1 if 1 else 2",
    "-1",
    "",
    " ",
    "2*",
    "1//0",
    "1//(2-2)",
    "\x00",
    "\ud800",
    "１２",
    "(" * 100 + "1" + ")" * 99,
    "1+" * 100 + "1",
    "9*" * 20_000 + "9",
]


@pytest.mark.parametrize("written", HOSTILE, ids=lambda written: ascii(written)[:20])
def test_arithmetic_with_anything_but_whole_numbers_sums_and_products_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any ValueError, without words: readers word it
        arithmetic(written)
    (problem,) = problems(with_value(minimal(), ("blocks", 0, "extra"), written))
    assert problem.startswith(f"blocks[0].extra {ARITHMETIC}, not ")


@pytest.mark.parametrize("written", ["1000000000001", "3-4", "99999999*99999999", 10**12 + 1, -1, 1.5, None, True])
def test_arithmetic_whose_value_no_table_of_weights_can_have_is_refused(written: object) -> None:
    (problem,) = problems(with_value(minimal(), ("blocks", 0, "extra"), written))
    assert problem == f"blocks[0].extra {ARITHMETIC}, not {written!r}."


def test_a_number_longer_than_can_be_printed_is_refused_like_any_other() -> None:
    (problem,) = problems({**minimal(), "vocab_size": 10**5000})
    assert problem == "vocab_size must be a whole number from 1 to 10,000,000, not a number of thousands of digits."


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(HOSTILE[:20])
keys = st.sampled_from(
    ["type", "n", "mixers", "ffn", "blocks", "extra", "heads", "vocab_size", "mtp", "gguf", "layer_pattern"]
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys | st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
PLACES: list[Place] = [
    ("vocab_size",),
    ("tie_embeddings",),
    ("blocks",),
    ("blocks", 0),
    ("blocks", 0, "mixers"),
    FIRST_MIXER,
    (*FIRST_MIXER, "type"),
    (*FIRST_MIXER, "heads"),
    (*FIRST_MIXER, "kv"),
    ("blocks", 0, "ffn"),
    ("blocks", 0, "extra"),
    ("extra",),
    ("mtp",),
    ("layer_pattern",),
    ("layer_note",),
    ("gguf",),
]


def faults(document: object) -> list[str]:
    """What is wrong with the document; nothing where it reads."""
    try:
        assert isinstance(read(document), Architecture)
    except ArchitectureError as error:
        return error.problems
    return []


@given(values)
def test_whatever_json_holds_is_read_or_refused_in_sentences(document: object) -> None:
    assert all(problem.endswith(".") for problem in faults(document))


@given(st.sampled_from(PLACES), values)
def test_a_good_document_with_anything_at_one_place_is_read_or_refused_in_sentences(
    place: Place, value: object
) -> None:
    assert all(problem.endswith(".") for problem in faults(with_value(minimal(), place, value)))
