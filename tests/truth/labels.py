"""Labels of files that people name, and the mix of llama-quantize that is nearest to each."""

from fit.quant_mixes import BASE_TYPES
from tests.truth.row import NotAnsweredError

# Dynamic mixes choose a type layer by layer and model by model: only the size of the very file would be exact.
POPULAR = "Q4_K_M"
NEAREST = {
    "BF16": "F16",
    "MXFP4": "MXFP4_MOE",
    "Q2": "Q2_K",
    "UD-IQ1_S": "IQ1_S",
    "UD-IQ1_M": "IQ1_M",
    "UD-IQ2_XXS": "IQ2_XXS",
    "UD-IQ2_M": "IQ2_M",
    "UD-IQ3_XXS": "IQ3_XXS",
    "UD-IQ4_XS": "IQ4_XS",
    "UD-Q2_K_XL": "Q2_K",
    "UD-Q3_K_XL": "Q3_K_M",
    "UD-Q4_K_XL": "Q4_K_M",
    "UD-Q5_K_XL": "Q5_K_M",
    "UD-Q6_K_XL": "Q6_K",
    "UD-Q8_K_XL": "Q8_0",
}


def mix_of(label: str) -> str:
    """The mix of a label: its own where there are rules for it, else the nearest; of no label the most popular one."""
    label = label or POPULAR
    mix = label if label in BASE_TYPES else NEAREST.get(label, label)
    if mix not in BASE_TYPES:
        raise NotAnsweredError(f"no rules are known for the mix {mix}")
    return mix
