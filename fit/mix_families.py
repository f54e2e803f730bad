"""Families of mixes that reach about the same share of a card's bandwidth.

Whole bytes and MXFP4 take less arithmetic to unpack than blocks with scales of their own. Types of two and three bits
take more, and do not reach less for it: nine measurements say both, and cards left out are predicted worse with a share
of their own for them (docs/decisions/time-of-a-token.md). How much each family reaches is calibrated.
"""

from fit.quant_mixes import BASE_TYPES

WHOLE_BYTES, USUAL, MXFP4 = "F16 and Q8_0", "other mixes", "MXFP4"
FAMILIES = (MXFP4, WHOLE_BYTES, USUAL)


def family(mix: str, *, mxfp4_experts: bool = False) -> str:
    """The family of a mix. Experts that a model was made with at MXFP4 stay so under every mix, and most is theirs."""
    if mxfp4_experts or mix == "MXFP4_MOE":
        return MXFP4
    return WHOLE_BYTES if BASE_TYPES.get(mix, mix) in ("F16", "BF16", "Q8_0") else USUAL
