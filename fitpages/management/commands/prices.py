"""`manage.py prices`: how many machines have a price, of what kind, and how old."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from catalog.models import Price
from catalog.snapshot import PublishedGpu, Snapshot, build
from fitpages.matching.prices import OLD_DAYS, ONE_TIME_DAYS, Cost, as_date, costs

AGES = ("3 months", "a year", "older", "no date")


class Command(BaseCommand):
    help = "Says how many machines have a price, of what kind, and how old the latest of each is."

    def handle(self, *_: Any, **__: Any) -> None:
        self.stdout.write("\n".join(lines(build(), timezone.localdate())))


def lines(snapshot: Snapshot, today: datetime.date) -> Iterator[str]:
    """The table as text; of each machine and kind the latest price counts."""
    gpus = list(snapshot.gpus.values())
    common = [gpu for gpu in gpus if gpu.common]
    yield f"{_priced(snapshot, gpus)} machines have a price, {_priced(snapshot, common)} common ones."
    yield f"{'':14}{'machines':>10}{'common':>10}{'range':>10}" + "".join(f"{age:>10}" for age in AGES)
    for kind in Price.Kind:
        yield _line(snapshot, kind, today)


def _priced(snapshot: Snapshot, gpus: list[PublishedGpu]) -> str:
    return f"{sum(bool(costs(snapshot, gpu)) for gpu in gpus):,} of {len(gpus):,}"


def _line(snapshot: Snapshot, kind: Price.Kind, today: datetime.date) -> str:
    of_kind = [(gpu, of[kind]) for gpu in snapshot.gpus.values() if kind in (of := costs(snapshot, gpu))]
    ages = Counter(_age(cost, today) for _, cost in of_kind)
    common = sum(gpu.common for gpu, _ in of_kind)
    ranges = sum(cost.lowest != cost.highest for _, cost in of_kind)
    numbers = (len(of_kind), common, ranges, *(ages[age] for age in AGES))
    return f"{kind.label:14}" + "".join(f"{number:>10,}" for number in numbers)


def _age(cost: Cost, today: datetime.date) -> str:
    seen = as_date(cost.seen_in)
    if seen is None:
        return "no date"
    days = (today - seen).days
    return "3 months" if days <= ONE_TIME_DAYS else "a year" if days <= OLD_DAYS else "older"
