"""What a measurement says of model, file and test, against the model and against its own parts."""

from typing import Any

import pytest

from catalog.doubts import measured_models
from tests.catalog.doubts.beside import card, checks, level, measurement, model, others

OF = model()
OTHERS = others(models=[OF])
OWN: dict[str, Any] = {"model": OF, "model_label": "Test 3.5 8M", "quant_label": "Q8_0", "parameters": 8_100_000}
MIXTURE: dict[str, Any] = {"model": None, "mixture_of_experts": True, "active_parameters": 810_000}


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"parameters": 81_000_000}, "parameters_of_model"),
        ({"weights_bytes": 86_000_000}, "bytes_of_file"),
        ({"model": None, "weights_bytes": 86_000_000}, "bytes_of_file"),
        ({"weights_bytes": 8_600_000, "active_weights_bytes": 860_000}, "bytes_read"),
        ({**MIXTURE, "weights_bytes": 8_600_000, "active_weights_bytes": 8_600_000}, "bytes_read"),
        ({"quant": level()}, "quant_label_of_record"),
        ({"model_label": "Test 2.5 9M"}, "model_label_of_record"),
        ({"gpu": card(name="RTX 4090", full_name=""), "gpu_label": "3090"}, "gpu_label_of_record"),
        ({"prefill_test": "pp512", "prefill_tokens": 5_120}, "tokens_of_prompt_test"),
        ({"test": "tg128 @0", "context_tokens": 640}, "context_of_test"),
        ({"test": "tg32 @4096", "context_tokens": 4_112, "depth_tokens": 409}, "depth_of_test"),
    ],
)
def test_a_slip_is_asked_about(values: dict[str, Any], check: str) -> None:
    assert check in checks(measured_models.doubts(measurement(**{**OWN, **values}), OTHERS))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"weights_bytes": 8_620_000, "active_weights_bytes": 8_620_000},
        {"quant": level(name="Q8_0", mix="Q8_0")},
        {"prefill_test": "pp512", "prefill_tokens": 512},
        {"test": "tg128, short prompt", "context_tokens": 100},
        {"test": "tg32 @4096", "context_tokens": 4_112, "depth_tokens": 4_096},
        {**MIXTURE, "weights_bytes": 8_600_000, "active_weights_bytes": 860_000},
    ],
)
def test_what_agrees_is_not(values: dict[str, Any]) -> None:
    assert checks(measured_models.doubts(measurement(**{**OWN, **values}), OTHERS)) == []
