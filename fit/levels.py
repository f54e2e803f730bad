"""Which quantizations there are of a model, and when its pages show each: always, when nothing better fits, or folded.

A model whose experts were made in four bits has its native level: the best there is of it, and its default. Nobody
makes files of such a model at the other levels, so they stand for the rule of thumb alone.
"""

from collections.abc import Container, Sequence
from typing import NamedTuple

from fit.architecture import Experts
from fit.needs import account
from fit.specs import ModelSpec, QuantSpec, Shown

# llama.cpp's mix with experts at MXFP4 and everything else at Q8_0.
NATIVE_MIX = "MXFP4_MOE"
# More rows than these are no table that anybody reads.
MOST_ROWS = 10


class Levels(NamedTuple):
    """The quantizations of one model, each part best quality first.

    `always` begins with the native level where there is one, and has the `default`; `lower` are shown when nothing of
    `always` fits, as many as a table of MOST_ROWS has room for; `folded` are all others. Of `always`, files are made at
    `made`.
    """

    always: tuple[QuantSpec, ...]
    lower: tuple[QuantSpec, ...]
    folded: tuple[QuantSpec, ...]
    default: QuantSpec
    made: tuple[QuantSpec, ...]


def levels_of(
    model: ModelSpec,
    quants: Sequence[QuantSpec],
    default: QuantSpec,
    published: Container[str] = (),
) -> Levels:
    """The levels of a model, of all `quants` in their order; `default` is the popular one and among them.

    `published` are the slugs of quantizations that there are published files at: they are made at any level.
    """
    always = tuple(quant for quant in quants if quant.shown is Shown.ALWAYS and quant.mix != NATIVE_MIX)
    native = native_level(model, quants)
    if native:
        others = [quant for quant in quants if quant.slug in published and quant is not native]
        folded = tuple(quant for quant in others if quant not in always)
        made = (native, *(quant for quant in others if quant in always))
        return Levels(always=(native, *always), lower=(), folded=folded, default=native, made=made)
    others = [quant for quant in quants if quant not in always and (quant.mix != NATIVE_MIX or _has_experts(model))]
    lower = tuple(quant for quant in others if quant.shown is Shown.NOTHING_BETTER)[: max(0, MOST_ROWS - len(always))]
    folded = tuple(quant for quant in others if quant not in lower)
    return Levels(always=always, lower=lower, folded=folded, default=default, made=always)


def native_level(model: ModelSpec, quants: Sequence[QuantSpec]) -> QuantSpec | None:
    """The level that the weights were made in, where that is four bits and it can be counted; else None."""
    if model.architecture is None or not model.architecture.gguf.mxfp4_experts:
        return None
    return next((quant for quant in quants if quant.mix == NATIVE_MIX and account(model, quant)), None)


def _has_experts(model: ModelSpec) -> bool:
    """Whether some layers are mixtures of experts: without any, the native mix is Q8_0 under another name."""
    return bool(model.architecture and any(isinstance(group.ffn, Experts) for group in model.architecture.blocks))
