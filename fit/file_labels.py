"""Which mix a published file comes nearest to, by its label: for where its layers lie, until its own bytes scale them.

Publishers choose types of their own, layer by layer, for what they call UD-Q4_K_XL; no rule is known for those. Labels
of most files are llama.cpp's names of mixes.
"""

import re

from fit.quant_mixes import BASE_TYPES, WITH_Q8_EMBEDDINGS

# Unsloth's own choice of types, and weights that were trained for four bits: neither is a mix.
_MARKS = re.compile(r"\b(UD|QAT|IT)\b[ -]?|[ -](UD|QAT|IT)\b")
_SIZED = re.compile(r"(I?Q\d(?:_K)?)_(?:S|M|L|XL|XXL)")
_OTHER_NAMES = {"MXFP4": "MXFP4_MOE"}


def base_mix(label: str) -> str | None:
    """The mix nearest to a label: its own name, else the medium size of its bits; None where there is none.

    UD-Q4_K_XL comes nearest to Q4_K_M, UD-IQ2_XXS to IQ2_XXS, UD-Q6_K_XL to Q6_K, UD-Q8_K_XL to Q8_0, Q4_0-QAT to Q4_0.
    """
    written = label.upper()
    plain = _MARKS.sub("", written)
    named = _OTHER_NAMES.get(plain, plain)
    # UD-Q3_K_XL is not the Q3_K_XL of other publishers, which has its token embedding and head at Q8_0.
    if named in BASE_TYPES and (plain == written or named not in WITH_Q8_EMBEDDINGS):
        return named
    return _medium(named)


def _medium(name: str) -> str | None:
    sized = _SIZED.fullmatch(name)
    if sized is None:
        return None
    bits = sized[1]
    candidates = (f"{bits}_M", bits, f"{bits.removesuffix('_K')}_0")
    return next((mix for mix in candidates if mix in BASE_TYPES), None)
