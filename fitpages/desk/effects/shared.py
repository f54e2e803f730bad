"""What follows from no changed row is worked out once, for the pages before a change and for those after it."""

from collections.abc import Iterator
from typing import Any

from catalog.snapshot import Snapshot
from fitpages.matching.answers import candidates
from fitpages.matching.files import counted_files, file_sizes, files_by_level, unlike_their_mix
from fitpages.matching.levels import levels
from fitpages.matching.twins import gpu_groups, model_groups
from fitpages.per_snapshot import share

# What follows from a model, from its files and from all quantizations.
OF_LEVELS = (files_by_level, counted_files, file_sizes, unlike_their_mix, levels, candidates)


def share_what_stays(before: Snapshot, after: Snapshot) -> None:
    """Let both pictures remember the same answers where these cannot differ. Records that change are other objects."""
    for function in _that_stay(before, after):
        share(function, before, after)


def _that_stay(before: Snapshot, after: Snapshot) -> Iterator[Any]:
    if have_the_same_levels(before, after):
        yield from OF_LEVELS
        if _are_the_same(before.models.values(), after.models.values()):
            yield model_groups
    if _are_the_same(before.gpus.values(), after.gpus.values()):
        yield gpu_groups


def have_the_same_levels(before: Snapshot, after: Snapshot) -> bool:
    """Whether a model that stays has the same levels and files."""
    quants = _are_the_same(before.all_quants, after.all_quants) and before.default_slug == after.default_slug
    return quants and before.files_of is after.files_of


def _are_the_same(before: Any, after: Any) -> bool:
    """Whether these are the very same records, in one order."""
    return list(map(id, before)) == list(map(id, after))
