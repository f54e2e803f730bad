"""A quantization's order, bytes and measured quality against those of the levels beside it."""

from typing import Any

import pytest

from catalog.doubts import quants
from tests.catalog.doubts.beside import checks, level, others
from tests.catalog.rows import SOURCE

MEASURED = {"quality_basis": "a model", "quality_source": SOURCE}
BETTER = level(
    **{"name": "Q5_K_M", "slug": "q5", "pk": 5, "mix": "Q5_K_M", "order": 40, "bytes_per_weight": "0.69"},
    **{"perplexity": 6.28, "perplexity_rise": 0.05, "kl_divergence": 0.01, **MEASURED},
)
WORSE = level(
    **{"name": "Q3_K_M", "slug": "q3", "pk": 3, "mix": "Q3_K_M", "order": 60, "bytes_per_weight": "0.43"},
    **{"perplexity": 6.88, "perplexity_rise": 0.65, "kl_divergence": 0.1, **MEASURED},
)
OWN: dict[str, Any] = {"perplexity": 6.40, "perplexity_rise": 0.17, "kl_divergence": 0.03, **MEASURED}
OTHERS = others(quants=[BETTER, WORSE])


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"mix": "Q4_K_N"}, "mix"),
        ({"mix": "Q4_K_S"}, "mix_of_name"),
        ({"needs_imatrix": True}, "imatrix_of_mix"),
        ({"bytes_per_weight": "5.6"}, "bytes_of_mix"),
        ({"bytes_per_weight": "0.66"}, "bytes_of_mix"),
        ({"order": 500}, "order_of_kl_divergence"),
        ({"kl_divergence": 0.3}, "order_of_kl_divergence"),
        ({"perplexity": 64.0}, "order_of_perplexity"),
        ({"perplexity_rise": 1.7}, "order_of_perplexity_rise"),
        ({"perplexity_rise": 0.27}, "perplexity_of_the_whole"),
        ({"kl_divergence": None, "order": 70}, "order_of_bytes"),
        ({"kl_divergence": None, "order": 30}, "order_of_bytes"),
        ({"quality_source": ""}, "quality_without_source"),
    ],
)
def test_a_slip_is_asked_about(values: dict[str, Any], check: str) -> None:
    assert check in checks(quants.doubts(level(**{**OWN, **values}), OTHERS))


@pytest.mark.parametrize(
    "values",
    [{}, {"bytes_per_weight": None}, {"kl_divergence": None}, {"name": "MXFP4", "mix": "MXFP4_MOE", "order": 55}],
)
def test_what_agrees_is_not(values: dict[str, Any]) -> None:
    bare = {} if "mix" not in values else {"bytes_per_weight": None}
    assert checks(quants.doubts(level(**{**OWN, **values, **bare}), OTHERS)) == []
