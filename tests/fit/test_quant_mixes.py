"""The mixes known, and which of them need an importance matrix."""

import pytest

from fit.quant_mixes import (
    AVERAGE_BYTES_PER_PARAMETER,
    BASE_TYPES,
    NEEDS_IMPORTANCE_MATRIX,
    UNQUANTIZED,
    WITH_Q8_EMBEDDINGS,
    UnknownMixError,
    check_known,
)
from fit.tensor_types import BLOCKS


def test_every_mix_has_a_type_with_known_blocks_and_an_average() -> None:
    assert set(BASE_TYPES.values()) <= set(BLOCKS)
    assert set(AVERAGE_BYTES_PER_PARAMETER) == set(BASE_TYPES)


def test_mixes_named_elsewhere_are_known() -> None:
    assert {*WITH_Q8_EMBEDDINGS, *WITH_Q8_EMBEDDINGS.values(), *NEEDS_IMPORTANCE_MATRIX, *UNQUANTIZED} <= set(
        BASE_TYPES
    )


def test_a_mix_with_q8_embeddings_has_the_base_of_the_mix_that_it_is_made_of() -> None:
    assert all(BASE_TYPES[mix] == BASE_TYPES[plain] for mix, plain in WITH_Q8_EMBEDDINGS.items())


def test_a_mix_of_another_name_is_refused() -> None:
    check_known("IQ2_M")
    with pytest.raises(UnknownMixError, match="UD-Q4_K_XL"):
        check_known("UD-Q4_K_XL")
