"""Measurements of a pair, and of the pairs nearest to it, each with its source and date."""

from collections.abc import Iterable
from decimal import Decimal
from math import log
from typing import NamedTuple

from catalog.snapshot import PublishedBenchmark, Snapshot
from fitpages import addresses, figures
from fitpages.pages.frame import Link
from fitpages.pages.sources import Source, as_sources
from fitpages.pairings import Pair
from fitpages.remembered import per_snapshot

MOST_OWN, MOST_NEAR = 6, 2


class Measured(NamedTuple):
    """One measurement as a page shows it; `pair` leads to another pair's page, where it is of another."""

    name: str
    pair: Link | None
    tokens_s: str
    how: str
    source: Source | None


def own_results(snapshot: Snapshot, pair: Pair) -> tuple[Measured, ...]:
    """What was measured of this very pair: what the estimate trusts first, then the newest."""
    found = sorted(_by_pair(snapshot).get((pair.model.slug, pair.gpu.slug), ()), key=_preference)
    kept = {(one.quant_label, one.decode_tokens_s, one.gpu_count): one for one in reversed(found)}
    shown = sorted(kept.values(), key=_preference)[:MOST_OWN]
    return tuple(_measured(one, one.quant_label, None) for one in shown)


def near_results(snapshot: Snapshot, pair: Pair) -> tuple[Measured, ...]:
    """This model on the cards nearest in bandwidth, and this card with the models nearest in size."""
    model, gpu = pair.model, pair.gpu
    on_others = _nearest(_of_model(snapshot, model.slug), gpu.slug, log(gpu.spec.bandwidth_gb_s))
    with_others = _nearest(_of_gpu(snapshot, gpu.slug), model.slug, log(model.spec.parameters))
    return tuple(_near(snapshot, one) for one in (*on_others, *with_others))


class Other(NamedTuple):
    """A measurement on another card, or with another model: `size` is the logarithm of its bandwidth or weights."""

    slug: str
    by_another_program: bool
    size: float
    result: PublishedBenchmark


def _nearest(others: tuple[Other, ...], own: str, size: float) -> list[PublishedBenchmark]:
    """Those of other slugs that come nearest in size; what llama.cpp itself did is nearer to what a page estimates."""
    apart = [
        (other.by_another_program, abs(other.size - size), index)
        for index, other in enumerate(others)
        if other.slug != own
    ]
    return [others[index].result for _, _, index in sorted(apart)[:MOST_NEAR]]


@per_snapshot
def _near(snapshot: Snapshot, one: PublishedBenchmark) -> Measured:
    model, gpu = snapshot.models[one.model], snapshot.gpus[one.gpu]
    link = Link(f"{model.name} on {gpu.name}", addresses.pair(model.slug, gpu.slug))
    return _measured(one, one.quant_label, link)


def _measured(one: PublishedBenchmark, name: str, pair: Link | None) -> Measured:
    cards = f"{one.gpu_count} cards" if one.gpu_count > 1 else ""
    old = "build of 2023 or 2024" if one.build == "2023-24" else ""
    unused = "" if one.for_calibration else "not used by the estimate"
    parts = (cards, one.offload, one.test, f"{one.runtime} {one.backend}".strip(), old, one.measured_in, unused)
    return Measured(
        name=name,
        pair=pair,
        tokens_s=figures.expected(float(one.decode_tokens_s)),
        how=", ".join(part for part in parts if part),
        source=_source(one),
    )


def _source(one: PublishedBenchmark) -> Source | None:
    """Where to check it; the repository is name enough."""
    source = next(iter(as_sources(one.sources)), None)
    return Source(text=source.text.partition(" ")[0], address=source.address) if source and source.address else source


def _preference(one: PublishedBenchmark) -> tuple[bool, bool, int, str]:
    return not one.for_calibration, one.runtime != "llama.cpp", -_month(one.measured_in), one.slug


def _month(measured_in: str) -> int:
    """Months since the year 0, of "2024", "2024-05" or "2024-05-31"; 0 where it is not known."""
    year, _, rest = measured_in.partition("-")
    return int(year) * 12 + int(rest[:2] or 0) if year.isdigit() else 0


Results = tuple[PublishedBenchmark, ...]


@per_snapshot
def _by_pair(snapshot: Snapshot) -> dict[tuple[str, str], Results]:
    found: dict[tuple[str, str], Results] = {}
    for one in snapshot.benchmarks:
        found[one.model, one.gpu] = (*found.get((one.model, one.gpu), ()), one)
    return found


@per_snapshot
def _of_model(snapshot: Snapshot, slug: str) -> tuple[Other, ...]:
    """One result a card, of those that the estimate trusts."""
    found = _first_of_each(one for one in _trusted(snapshot) if one.model == slug)
    return tuple(_other(one, one.gpu, snapshot.gpus[one.gpu].spec.bandwidth_gb_s) for one in found)


@per_snapshot
def _of_gpu(snapshot: Snapshot, slug: str) -> tuple[Other, ...]:
    """One result a model, of those that the estimate trusts."""
    found = _first_of_each(one for one in _trusted(snapshot) if one.gpu == slug)
    return tuple(_other(one, one.model, snapshot.models[one.model].spec.parameters) for one in found)


def _other(one: PublishedBenchmark, slug: str, size: Decimal | int) -> Other:
    return Other(slug, not one.runtime.startswith("llama.cpp"), log(size), one)


def _first_of_each(found: Iterable[PublishedBenchmark]) -> Results:
    first: dict[tuple[str, str], PublishedBenchmark] = {}
    for one in sorted(found, key=_preference):
        first.setdefault((one.model, one.gpu), one)
    return tuple(first.values())


@per_snapshot
def _trusted(snapshot: Snapshot) -> Results:
    """Of one GPU with everything on it, between a card and a model that have pages."""
    return tuple(
        one
        for one in snapshot.benchmarks
        if one.for_calibration and one.gpu_count == 1 and not one.offload
        if one.gpu in snapshot.gpus and one.model in snapshot.models
    )
