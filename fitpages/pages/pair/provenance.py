"""Where a pair's figures come from: twins with the same ones, measurements, the day of the catalog."""

from collections.abc import Iterable
from typing import NamedTuple

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.machine_kinds import is_had
from fitpages.matching.pairs import Pair
from fitpages.matching.twins import Twin, gpu_twins, model_twins
from fitpages.pages.pair.measured import Measured, near_results, own_results
from fitpages.pages.pair.pieces import Piece
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures


class Measurements(NamedTuple):
    """Those of this pair and those nearest to it, under a line that counts them."""

    summary: str
    own: tuple[Measured, ...]
    near: tuple[Measured, ...]


def twins(snapshot: Snapshot, pair: Pair) -> tuple[Piece, ...]:
    """In a line, each with its link: models with this one's figures, then GPUs; on a pair that people have, of such."""
    of_model = model_twins(snapshot, pair.model, lambda slug: _address(snapshot, pair, slug, pair.gpu.slug))
    of_gpu = gpu_twins(snapshot, pair.gpu, lambda slug: _address(snapshot, pair, pair.model.slug, slug))
    kinds = ([twin for twin in of_kind if twin.address] for of_kind in (of_model, of_gpu))
    lists = [_listed(of_kind) for of_kind in kinds if of_kind]
    return tuple(piece for index, pieces in enumerate(lists) for piece in ((Piece(" · "),) if index else ()) + pieces)


def _address(snapshot: Snapshot, pair: Pair, model_slug: str, gpu_slug: str) -> str:
    """Of a twin's pair; "" where people have the pair and not its twin."""
    model, gpu = snapshot.models[model_slug], snapshot.gpus[gpu_slug]
    is_used = model.common and is_had(gpu)
    return addresses.pair(model_slug, gpu_slug) if is_used or not (pair.model.common and is_had(pair.gpu)) else ""


def _listed(of_kind: Iterable[Twin]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for twin in of_kind:
        pieces += [*([Piece(", ")] if pieces else []), Piece(twin.name, twin.address)]
    return tuple(pieces)


def measurements(snapshot: Snapshot, pair: Pair) -> Measurements | None:
    """None where nothing was measured of the pair or near it."""
    own, near = own_results(snapshot, pair), near_results(snapshot, pair)
    if not own and not near:
        return None
    of_pair = f"{len(own)} {'run' if len(own) == 1 else 'runs'} of this pair" if own else "nothing of this pair"
    nearby = f", {len(near)} nearby" if near else ""
    return Measurements(f"Measured: {of_pair}{nearby}", own, near)


@per_snapshot
def catalog_day(snapshot: Snapshot) -> str:
    """The day of the last change."""
    return f"Catalog of {figures.day(snapshot.revision.changed_at)}"
