"""A model: its parameters against its own tensors, its header and its name; contexts and dates that can be."""

import re
from collections.abc import Iterator

from catalog.doubts import named_sizes
from catalog.doubts.dates import not_in_time
from catalog.doubts.doubt import Doubt, figure, percent_off
from catalog.doubts.near_names import misspelt
from catalog.doubts.others import Others, but
from catalog.models import LanguageModel
from fit.architecture import Architecture
from fit.architecture_document import ArchitectureError, arithmetic, read
from fit.tensors import count_active_parameters, count_draft_parameters, count_parameters

COUNT_PERCENT = 0.5
# A header counts what loaders do not need; the catalog's are within 0.9% of what is known to be in them.
HEADER_PERCENT = 1
# What towers leave unexplained of a header, in percent of themselves.
PART_PERCENT = 25
CONTEXTS = ("native_context", "extended_context", "file_context")
# Twice the longest context that another model has.
LONGEST_TIMES = 2


def doubts(row: LanguageModel, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a model."""
    architecture = _architecture(row)
    if architecture and row.parameters:
        yield from _recount(row, architecture)
        yield from _vocabulary(row, architecture)
    if row.parameters:
        yield from named_sizes.doubts(row, architecture)
        yield from _parts(row)
        yield from _header(row)
    yield from _contexts(row, others)
    yield from not_in_time(row, "release_date", row.release_date)
    rows = but(others.models, row)
    if row.successor and row.successor not in {other.slug for other in rows}:
        says = f"There is no public model “{row.successor}”. Take the slug of one, or publish that one first."
        yield Doubt("no_such_successor", "successor", says)
    for field in ("vendor", "family", "licence"):
        yield from misspelt(field, getattr(row, field), others.names("models", field, row))


def _architecture(row: LanguageModel) -> Architecture | None:
    """None where there is none; what cannot be read is refused elsewhere."""
    try:
        return read(row.architecture) if row.architecture else None
    except ArchitectureError:
        return None


def _recount(row: LanguageModel, architecture: Architecture) -> Iterator[Doubt]:
    """By the tensors: all weights, those that a token uses, those of draft layers."""
    counts = {
        "parameters": ("Parameters are", row.parameters, count_parameters(architecture)),
        "active_parameters": ("Active parameters are", row.active_parameters, count_active_parameters(architecture)),
        "draft_parameters": ("Draft parameters are", row.draft_parameters, count_draft_parameters(architecture)),
    }
    for field, (words, stated, counted) in counts.items():
        if stated and counted and percent_off(stated, counted) > COUNT_PERCENT:
            yield Doubt(
                f"{field}_by_architecture",
                field,
                f"{words} {figure(stated)}, but the tensors of the architecture add up to {figure(counted)}. Compare "
                "the number with the checkpoint, and layers, sizes and experts with its config.",
            )


def _vocabulary(row: LanguageModel, architecture: Architecture) -> Iterator[Doubt]:
    """The embedding of its tokens is a part of the model: of the smallest five eighths, of others less."""
    embedding = architecture.vocab_size * (architecture.embed_dim or architecture.hidden_size)
    if 3 * embedding > 2 * row.parameters:
        yield Doubt(
            "vocabulary",
            "architecture",
            f"The embedding of {figure(architecture.vocab_size)} tokens has {figure(embedding)} weights, more than "
            f"two thirds of {figure(row.parameters)}. Compare vocab_size and hidden_size with the config.",
        )


def _parts(row: LanguageModel) -> Iterator[Doubt]:
    for field, words in (("tower_parameters", "Towers"), ("draft_parameters", "Draft layers")):
        part = getattr(row, field)
        if part and part > row.parameters:
            yield Doubt(
                f"{field}_of_all",
                field,
                f"{words} of {figure(part)} weights are larger than the model with {figure(row.parameters)}. Compare "
                "both with the checkpoint.",
            )


def _header(row: LanguageModel) -> Iterator[Doubt]:
    """What the checkpoint's header declares is the model, its towers, its draft layers, and what it counts twice."""
    if not row.header_parameters:
        return
    towers, drafts, twice = row.tower_parameters or 0, row.draft_parameters or 0, _sum(row.header_extra)
    explained = row.parameters + towers + drafts + twice
    unexplained = abs(row.header_parameters - explained)
    parts = [part for part in (towers, twice) if part]
    if percent_off(row.header_parameters, explained) > HEADER_PERCENT or _is_much(unexplained, parts):
        yield Doubt(
            "header",
            "header_parameters",
            f"The header declares {figure(row.header_parameters)} weights, but the model, towers, draft layers and "
            f"what is counted twice are {figure(explained)}. Compare each with the checkpoint.",
        )


def _is_much(unexplained: int, parts: list[int]) -> bool:
    """Whether what a header leaves unexplained is a large share of a part that somebody counted."""
    return bool(parts) and 100 * unexplained > PART_PERCENT * min(parts)


def _sum(text: str) -> int:
    try:
        return arithmetic(text) if text else 0
    except ValueError:
        return 0


def _contexts(row: LanguageModel, others: Others) -> Iterator[Doubt]:
    """Contexts are powers of two or round thousands; every other is one that another model has."""
    usual = {getattr(other, field) for other in but(others.models, row) for field in CONTEXTS} - {None}
    for field in CONTEXTS:
        context = getattr(row, field)
        longest = max(usual, default=context)
        if context and not (context in usual or (_is_plain(context) and context <= LONGEST_TIMES * longest)):
            nearest = min(usual, key=lambda other: abs(other - context), default=0)
            yield Doubt(
                "context",
                field,
                f"A context of {figure(context)} tokens is no power of two, and no other model has it; the nearest is "
                f"{figure(nearest)}. Compare the digits with the maker's card.",
            )


def _is_plain(context: int) -> bool:
    """A power of two, half as much again, or one digit with thousands."""
    odd = context // (context & -context)
    return odd in (1, 3) or bool(re.fullmatch("[1-9]0{3,}", str(context)))
