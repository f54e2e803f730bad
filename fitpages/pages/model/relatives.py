"""What a reader of a model's page may want instead, beside the model itself."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from catalog.snapshot import PublishedModel, Snapshot
from fitpages import addresses
from fitpages.matching import relatives
from fitpages.matching.strength import REFERENCE, strength
from fitpages.pages.model.standing import strength_words
from fitpages.site import Link
from fitpages.text import figures, wording


class Relative(NamedTuple):
    """A row: `relation` is what it is to the model of the page; that itself leads nowhere."""

    model: Link
    relation: str
    size: str
    context: str
    released: str
    strength: str
    margin: str


class Relatives(NamedTuple):
    """`successor` is None where none is public, and `gains` what it has over the model; `scale` is of strengths."""

    successor: Link | None
    gains: str
    scale: str
    rows: tuple[Relative, ...]


def relatives_of(snapshot: Snapshot, model: PublishedModel) -> Relatives:
    """The model, its successor, models of like use and strength, its family: each once."""
    successor = relatives.successor(snapshot, model)
    rows = {row.model.text: row for row in reversed(list(_rows(snapshot, model, successor)))}
    return Relatives(
        successor=Link(successor.name, addresses.model(successor.slug)) if successor else None,
        gains=_gains(snapshot, model, successor) if successor else "",
        scale=REFERENCE,
        rows=tuple(reversed(rows.values())) if len(rows) > 1 else (),
    )


def _rows(snapshot: Snapshot, model: PublishedModel, successor: PublishedModel | None) -> Iterator[Relative]:
    groups: Iterable[tuple[str, Iterable[PublishedModel]]] = (
        ("this model", (model,)),
        ("its successor", (successor,) if successor else ()),
        ("like use and strength", relatives.near(snapshot, model)),
        ("family", relatives.family(snapshot, model)),
    )
    for relation, others in groups:
        for other in others:
            yield _row(snapshot, other, relation, "" if other is model else addresses.model(other.slug))


def _row(snapshot: Snapshot, model: PublishedModel, relation: str, address: str) -> Relative:
    value, margin = strength_words(snapshot, model)
    return Relative(
        model=Link(model.name, address),
        relation=relation,
        size=figures.parameters(model.spec.parameters),
        context=figures.tokens(model.native_context) if model.native_context else figures.NOT_KNOWN,
        released=figures.month(model.release_date),
        strength=value,
        margin=margin,
    )


def _gains(snapshot: Snapshot, model: PublishedModel, successor: PublishedModel) -> str:
    """ "stronger by 63 by our estimate, 26.9B instead of 32.8B, with 256K of context instead of 32K"."""
    contexts = [other.native_context for other in (successor, model)]
    sizes = [figures.parameters(other.spec.parameters) for other in (successor, model)]
    parts = [_stronger(snapshot, model, successor)]
    parts.append(f"{sizes[0]} parameters instead of {sizes[1]}" if sizes[0] != sizes[1] else f"as large, {sizes[0]}")
    if contexts[0] and contexts[1] and contexts[0] != contexts[1]:
        parts.append(f"{figures.tokens(contexts[0])} of context instead of {figures.tokens(contexts[1])}")
    return wording.listed([part for part in parts if part])


def _stronger(snapshot: Snapshot, model: PublishedModel, successor: PublishedModel) -> str:
    """By our estimate; nothing where either is not known."""
    old, new = strength(snapshot, model), strength(snapshot, successor)
    if old is None or new is None:
        return ""
    by = round(new.value - old.value)
    words = f"stronger by {by}" if by > 0 else f"weaker by {-by}" if by < 0 else "as strong"
    return f"{words} by our estimate"
