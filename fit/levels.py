"""Which quantizations there are of a model, and when its pages show each: always, when nothing better fits, or folded.

A model whose experts were made in four bits has its native level: the best there is of it, and its default. Nobody
makes files of such a model at the other levels, so they stand for the rule of thumb alone.
"""

from collections.abc import Container, Iterable, Sequence
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

    Where the default does not fit, advice is for the best that fits of `wider`: `always`, and of those folded the ones
    after the default that are worth recommending. Where none of them fits, the best of `below` is named: all others
    after the default. `worthy` are all that are worth recommending and made, the native level among them.
    """

    always: tuple[QuantSpec, ...]
    lower: tuple[QuantSpec, ...]
    folded: tuple[QuantSpec, ...]
    default: QuantSpec
    made: tuple[QuantSpec, ...]
    wider: tuple[QuantSpec, ...]
    below: tuple[QuantSpec, ...]
    worthy: tuple[QuantSpec, ...] = ()

    def with_others(self, quant: QuantSpec) -> tuple[QuantSpec, ...]:
        """`always` with one of the other levels in its place: before the first of `always` that is worse."""
        order = (*self.worthy, *self.below)
        worse = order[order.index(quant) + 1 :] if quant in order else ()
        place = next((place for place, shown in enumerate(self.always) if shown in worse), len(self.always))
        return (*self.always[:place], quant, *self.always[place:])


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
        wider = (native, *_with_worthy(quants, always, folded))
        below = _without(folded, wider)
        worthy = tuple(quant for quant in wider if _is_worthy(quant, native) and quant in (*made, *folded))
        return Levels((native, *always), (), folded, native, made, wider, below, worthy)
    shown, has_experts = frozenset(always), _has_experts(model)
    others = [quant for quant in quants if quant not in shown and (quant.mix != NATIVE_MIX or has_experts)]
    lower = tuple(quant for quant in others if quant.shown is Shown.NOTHING_BETTER)[: max(0, MOST_ROWS - len(always))]
    folded = tuple(quant for quant in others if quant not in lower)
    beside = frozenset(others)
    after = [quant for quant in quants[quants.index(default) :] if quant in beside]
    wider = _with_worthy(quants, shown, frozenset(after))
    worthy = tuple(quant for quant in quants if _is_worthy(quant, default) and quant.mix != NATIVE_MIX)
    return Levels(always, lower, folded, default, always, wider, _without(after, frozenset(wider)), worthy)


def _is_worthy(quant: QuantSpec, default: QuantSpec) -> bool:
    """The default is, whatever editors marked."""
    return quant.worth_recommending or quant is default


def _with_worthy(
    quants: Sequence[QuantSpec], always: Container[QuantSpec], others: Container[QuantSpec]
) -> tuple[QuantSpec, ...]:
    """`always` and those of `others` that are worth recommending, in the order of `quants`."""
    return tuple(quant for quant in quants if quant in always or (quant in others and quant.worth_recommending))


def _without(quants: Iterable[QuantSpec], others: Container[QuantSpec]) -> tuple[QuantSpec, ...]:
    return tuple(quant for quant in quants if quant not in others)


def native_level(model: ModelSpec, quants: Sequence[QuantSpec]) -> QuantSpec | None:
    """The level that the weights were made in, where that is four bits and it can be counted; else None."""
    if model.architecture is None or not model.architecture.gguf.mxfp4_experts:
        return None
    return next((quant for quant in quants if quant.mix == NATIVE_MIX and account(model, quant)), None)


def _has_experts(model: ModelSpec) -> bool:
    """Whether some layers are mixtures of experts: without any, the native mix is Q8_0 under another name."""
    return bool(model.architecture and any(isinstance(group.ffn, Experts) for group in model.architecture.blocks))
