"""Families of mixes that reach about the same share of a card's bandwidth.

Types of two and three bits cost more arithmetic for each byte than a kernel hides behind reading; whole bytes and
MXFP4 cost less. How much each family reaches of what four- and five-bit mixes do is calibrated.
"""

from fit.quant_mixes import BASE_TYPES

WHOLE_BYTES, USUAL, THREE_BITS, NARROW, MXFP4 = "F16 and Q8_0", "Q4 to Q6", "Q3_K", "below Q3_K", "MXFP4"
FAMILIES = (MXFP4, WHOLE_BYTES, USUAL, THREE_BITS, NARROW)


def family(mix: str, *, mxfp4_experts: bool = False) -> str:
    """The family of a mix. Experts that a model was made with at MXFP4 stay so under every mix, and most is theirs."""
    if mxfp4_experts or mix == "MXFP4_MOE":
        return MXFP4
    base = BASE_TYPES.get(mix, mix)
    if base in ("F16", "BF16", "Q8_0"):
        return WHOLE_BYTES
    if base == "Q3_K":
        return THREE_BITS
    return NARROW if base.startswith(("IQ1", "IQ2", "IQ3", "Q1", "Q2", "TQ")) else USUAL
