"""The mixes that llama.cpp's quantizer and the publishers of its files make, such as Q4_K_M.

Read off llama.cpp's quantizer (commit 0c1e57098, October 2026). Which type a mix gives to which tensor is
`fit.mix_rules`.
"""

# The type of a mix for every tensor that no rule names. Every mix known is a key.
BASE_TYPES = {
    "F16": "F16",
    "BF16": "BF16",
    "Q8_0": "Q8_0",
    "Q6_K_L": "Q6_K",
    "Q6_K": "Q6_K",
    "Q5_1": "Q5_1",
    "Q5_K_L": "Q5_K",
    "Q5_K_M": "Q5_K",
    "Q5_K_S": "Q5_K",
    "Q5_0": "Q5_0",
    "Q4_1": "Q4_1",
    "Q4_K_L": "Q4_K",
    "Q4_K_M": "Q4_K",
    "Q4_K_S": "Q4_K",
    "IQ4_NL": "IQ4_NL",
    "Q4_0": "Q4_0",
    "MXFP4_MOE": "MXFP4",
    "IQ4_XS": "IQ4_XS",
    "Q3_K_XL": "Q3_K",
    "Q3_K_L": "Q3_K",
    "Q3_K_M": "Q3_K",
    "IQ3_M": "IQ3_S",
    "IQ3_S": "IQ3_S",
    "Q3_K_S": "Q3_K",
    "IQ3_XS": "IQ3_S",
    "IQ3_XXS": "IQ3_XXS",
    "Q2_K_L": "Q2_K",
    "Q2_K": "Q2_K",
    "Q2_K_S": "Q2_K",
    "IQ2_M": "IQ2_S",
    "IQ2_S": "IQ2_XS",
    "IQ2_XS": "IQ2_XS",
    "Q2_0": "Q2_0",
    "IQ2_XXS": "IQ2_XXS",
    "TQ2_0": "TQ2_0",
    "IQ1_M": "IQ1_M",
    "TQ1_0": "TQ1_0",
    "IQ1_S": "IQ1_S",
    "Q1_0": "Q1_0",
}

# Mixes of publishers: a mix of the quantizer with the token embedding and the head at Q8_0.
WITH_Q8_EMBEDDINGS = {
    "Q6_K_L": "Q6_K",
    "Q5_K_L": "Q5_K_M",
    "Q4_K_L": "Q4_K_M",
    "Q3_K_XL": "Q3_K_L",
    "Q2_K_L": "Q2_K",
}

# Mixes that do not quantize.
UNQUANTIZED = frozenset({"F16", "BF16"})

# Mixes that the quantizer refuses without an importance matrix.
NEEDS_IMPORTANCE_MATRIX = frozenset(
    {"IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ2_M", "IQ3_XXS", "Q2_K_S"},
)

# Bytes per parameter of a whole file, the median over models above 5B: for weights whose shape is not known. Those of
# the publishers' mixes, of Q2_0 and of Q1_0 are the median over the models of this catalog above 5B.
AVERAGE_BYTES_PER_PARAMETER = {
    "F16": 2.000,
    "BF16": 2.000,
    "Q8_0": 1.063,
    "Q6_K_L": 0.829,
    "Q6_K": 0.821,
    "Q5_1": 0.752,
    "Q5_K_L": 0.721,
    "Q5_K_M": 0.711,
    "Q5_K_S": 0.691,
    "Q5_0": 0.691,
    "Q4_1": 0.629,
    "Q4_K_L": 0.618,
    "Q4_K_M": 0.608,
    "Q4_K_S": 0.573,
    "IQ4_NL": 0.573,
    "Q4_0": 0.567,
    "MXFP4_MOE": 0.557,
    "IQ4_XS": 0.545,
    "Q3_K_XL": 0.544,
    "Q3_K_L": 0.527,
    "Q3_K_M": 0.486,
    "IQ3_M": 0.456,
    "IQ3_S": 0.442,
    "Q3_K_S": 0.439,
    "IQ3_XS": 0.419,
    "IQ3_XXS": 0.391,
    "Q2_K_L": 0.393,
    "Q2_K": 0.376,
    "Q2_K_S": 0.351,
    "IQ2_M": 0.345,
    "IQ2_S": 0.321,
    "IQ2_XS": 0.304,
    "Q2_0": 0.296,
    "IQ2_XXS": 0.275,
    "TQ2_0": 0.275,
    "IQ1_M": 0.243,
    "TQ1_0": 0.230,
    "IQ1_S": 0.223,
    "Q1_0": 0.153,
}


class UnknownMixError(ValueError):
    """No rules are known for a mix of this name."""


def check_known(mix: str) -> None:
    """Raises UnknownMixError where no rules are known for `mix`."""
    if mix not in BASE_TYPES:
        raise UnknownMixError(f"No rules are known for the mix {mix}: only for {', '.join(BASE_TYPES)}.")
