"""Which type a mix gives to a tensor, role by role.

Read off llama.cpp's quantizer (commit 0c1e57098, October 2026). Each rule answers with a type, before it gives way to
another where a row does not divide. A mix that a rule does not name keeps its base type.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rules know of the model and the mix.

    `mix` is one of the quantizer's own, `base` its base type. `experts`: routed experts of a layer, 0 without;
    `queries_per_key`: heads for each KV head of the first layer, 0 where that is recurrent; `layers` counts draft
    layers in the file; `values`: tensors of the role of attention v.
    """

    mix: str
    base: str
    importance_matrix: bool
    experts: int
    queries_per_key: int
    layers: int
    values: int
    q8_head_mix: bool
    mix_70b_class: bool

    @property
    def is_low(self) -> bool:
        """Whether the mix is one of those below three bits, which have rules of their own."""
        return self.mix in LOW_MIXES

    @property
    def low_step_up(self) -> str:
        """What a mix below three bits gives to what matters more."""
        return "IQ3_S" if self.mix in ("IQ2_S", "IQ2_M") else "Q2_K"


LOW_MIXES = frozenset({"IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ2_M"})

_EMBEDDING = {
    **dict.fromkeys(("IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS"), "Q2_K"),
    **dict.fromkeys(("IQ2_S", "IQ2_M", "IQ3_XXS"), "IQ3_S"),
    **dict.fromkeys(("TQ1_0", "TQ2_0", "Q2_0"), "Q4_K"),
}
# Attention v where at least four heads share one, and otherwise.
_VALUE_SHARED = {
    **dict.fromkeys(("Q2_K", "Q2_K_S", "IQ3_XXS", "IQ3_XS", "IQ3_S", "IQ3_M"), "Q4_K"),
    **dict.fromkeys(("IQ4_NL", "IQ4_XS", "Q3_K_L"), "Q5_K"),
}
_VALUE_ALONE = {"Q2_K": "Q3_K", "IQ3_M": "Q4_K", "Q3_K_L": "Q5_K"}
_KEY_OR_QUERY = {"IQ3_XS": "IQ3_XXS", "IQ3_XXS": "IQ2_S"}
_ATTENTION_OUTPUT = {"Q2_K": "Q3_K", "IQ3_XXS": "IQ3_S", "Q3_K_M": "Q4_K", "IQ3_M": "Q4_K", "Q3_K_L": "Q5_K"}
_LOW_ATTENTION_OUTPUT = {"IQ1_S": "IQ2_XXS", "IQ1_M": "IQ2_XXS", "IQ2_S": "IQ3_S", "IQ2_M": "IQ3_S"}
# Mixes whose attention output has Q5_K in a model of eight experts.
_Q5_OUTPUT_OF_EIGHT = frozenset(
    {"Q2_K", "IQ3_XXS", "IQ3_XS", "IQ3_S", "IQ3_M", "Q3_K_S", "Q3_K_M", "IQ4_NL", "IQ4_XS", "Q4_K_S", "Q4_K_M"},
)
# Of ffn down in the first eighth of the layers, without an importance matrix and with one.
_EARLY_DOWN = {"Q2_K_S": "Q4_K", "IQ3_XXS": "Q4_K", "IQ3_M": "Q4_K", "IQ4_NL": "Q5_K", "IQ4_XS": "Q5_K"}
_EARLY_DOWN_WITH_MATRIX = {"Q2_K_S": "Q4_K", "IQ3_M": "Q4_K", "Q4_0": "Q4_1", "Q5_0": "Q5_1"}


def more_bits(index: int, count: int) -> bool:
    """Whether a K mix spends more bits on a tensor: in the first and last eighth, and on every third between."""
    eighth = count // 8
    return index < eighth or index >= 7 * count // 8 or (index - eighth) % 3 == 2


def of_head(facts: Facts, *, whole_blocks: bool) -> str:
    """The output matrix, or a token embedding that is the head; `whole_blocks`: its row divides by the base's block."""
    if facts.mix in ("MXFP4_MOE", "Q8_0") or facts.q8_head_mix or not whole_blocks:
        return "Q8_0"
    return "Q5_K" if facts.is_low or facts.mix == "IQ3_XXS" else "Q6_K"


def of_embedding(facts: Facts) -> str:
    """A token embedding beside an output matrix."""
    return _EMBEDDING.get(facts.mix, facts.base)


def of_value(facts: Facts, index: int) -> str:
    """Attention v, a fused qkv and the like; `index` counts these tensors from 0."""
    if facts.is_low:
        return "Q4_K" if facts.queries_per_key >= 4 or facts.experts >= 4 else facts.low_step_up
    if facts.experts == 8:
        return "Q8_0"
    chosen = _of_usual_value(facts, index)
    return "Q5_K" if facts.mix_70b_class and chosen in ("Q3_K", "Q4_K") else chosen


def _of_usual_value(facts: Facts, index: int) -> str:
    if facts.mix == "Q3_K_M":
        return "Q5_K" if index < 2 else "Q4_K"
    if facts.mix == "Q4_K_S":
        return "Q5_K" if index < 4 else "Q4_K"
    if facts.mix in ("Q4_K_M", "Q5_K_M"):
        return "Q6_K" if more_bits(index, facts.values) else facts.base
    if facts.queries_per_key >= 4:
        return _VALUE_SHARED.get(facts.mix, facts.base)
    if facts.mix == "IQ3_XXS" and not facts.importance_matrix:
        return "IQ3_S"
    return _VALUE_ALONE.get(facts.mix, facts.base)


def of_key(facts: Facts) -> str:
    """Attention k."""
    if facts.experts == 8:
        return "Q4_K" if facts.is_low else "Q8_0"
    return of_query(facts)


def of_query(facts: Facts) -> str:
    """Attention q."""
    return _KEY_OR_QUERY.get(facts.mix, facts.base)


def of_attention_output(facts: Facts) -> str:
    """The matrix after attention."""
    if facts.is_low:
        return "Q5_K" if facts.experts == 8 else _LOW_ATTENTION_OUTPUT.get(facts.mix, facts.base)
    if facts.q8_head_mix:
        return "Q4_K" if facts.mix == "Q3_K_L" else facts.base
    if facts.experts == 8:
        return "Q5_K" if facts.mix in _Q5_OUTPUT_OF_EIGHT else facts.base
    return _ATTENTION_OUTPUT.get(facts.mix, facts.base)


def of_down(facts: Facts, index: int) -> str:
    """The matrix down of a feed-forward part; `index` is the layer's number or the running count."""
    if index < facts.layers // 8 and facts.is_low:
        return facts.low_step_up
    if facts.q8_head_mix and facts.mix in ("Q3_K_M", "Q3_K_L", "Q4_K_M", "Q4_K_S"):
        return _of_down_with_q8_head(facts, index)
    if facts.mix == "Q3_K_M":
        return "Q5_K" if index < facts.layers // 16 else "Q4_K"
    if facts.mix in ("Q4_K_M", "Q5_K_M"):
        return "Q6_K" if more_bits(index, facts.layers) else facts.base
    if facts.mix == "IQ3_M" and facts.experts == 8 and more_bits(index, facts.layers):
        return "Q4_K"
    return _of_usual_down(facts, early=index < facts.layers // 8)


def _of_usual_down(facts: Facts, *, early: bool) -> str:
    if early and facts.mix == "Q4_K_S":
        return "Q5_K"
    early_types = _EARLY_DOWN_WITH_MATRIX if facts.importance_matrix else _EARLY_DOWN
    if early and facts.mix in early_types:
        return early_types[facts.mix]
    if facts.mix == "IQ3_XXS" and not facts.importance_matrix:
        return "Q3_K"
    return {"Q2_K": "Q3_K", "Q3_K_L": "Q5_K"}.get(facts.mix, facts.base)


def _of_down_with_q8_head(facts: Facts, index: int) -> str:
    early, more = index < facts.layers // 16, more_bits(index, facts.layers)
    if facts.mix == "Q3_K_M":
        return "Q5_K" if early else "Q4_K" if more else "Q3_K"
    if facts.mix == "Q4_K_M":
        return "Q6_K" if early else "Q5_K" if more else "Q4_K"
    return "Q4_K"


def of_gate_or_up(facts: Facts, index: int) -> str:
    """The matrices gate and up of a feed-forward part; `index` as in `of_down`."""
    between = facts.layers // 8 <= index < 7 * facts.layers // 8
    return "IQ3_XXS" if facts.mix == "IQ3_XS" and between else facts.base
