"""What advice changed by looking at folded levels, in the words of the changelog."""

from collections.abc import Iterator
from itertools import product

from catalog.snapshot import PublishedModel, Snapshot
from fit.assessment import best_of
from fit.needs import Need, sized
from fit.specs import QuantSpec
from fitpages.matching.fits import best_quant, bytes_of_others, lower_needs_of, needs_of
from fitpages.matching.levels import levels


def words_of_folded_advice(snapshot: Snapshot) -> tuple[str, str]:
    """On how many pairs a folded level is advised, and on how many another one is named below the usual ones."""
    advised = list(_advised_folded(snapshot))
    lowest, refused = snapshot.quants[-1], sum(1 for usual in advised if usual is None)
    assert {usual for usual in advised if usual} == {lowest.spec}
    of_usual = f"{len(advised) - refused:,} of which said {lowest.name} and {refused} no"
    below = sum(_named_anew(snapshot, model) for model in snapshot.models.values())
    return f"on {len(advised):,} pairs, {of_usual}", f"another one on {below:,} pairs"


def _advised_folded(snapshot: Snapshot) -> Iterator[QuantSpec | None]:
    """For each pair that a folded level is advised for, the best of the usual ones that fits."""
    for model, gpu in product(snapshot.models.values(), snapshot.gpus.values()):
        advised = best_quant(snapshot, model, gpu)
        if advised and advised.spec not in levels(snapshot, model).always:
            yield best_of(needs_of(snapshot, model), gpu.spec)


def _named_anew(snapshot: Snapshot, model: PublishedModel) -> int:
    """On how many cards the level named below is none of those that the table has without it."""
    usual, count = _usual_lower(snapshot, model), 0
    for gpu in snapshot.gpus.values():
        if best_quant(snapshot, model, gpu) is None:
            named = best_of(lower_needs_of(snapshot, model, gpu.spec), gpu.spec)
            count += named is not best_of(usual, gpu.spec)
    return count


def _usual_lower(snapshot: Snapshot, model: PublishedModel) -> list[Need]:
    sizes = bytes_of_others(snapshot, model)
    return [sized(quant, sizes[quant]) for quant in levels(snapshot, model).lower if quant in sizes]
