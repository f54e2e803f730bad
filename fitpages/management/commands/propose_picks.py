"""`manage.py propose_picks`: what the rule would pick for each memory class, as lines of catalog/data/picks.jsonl."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from catalog import snapshot as catalog_snapshot
from catalog.interchange.records import Record, to_line
from catalog.models import Pick
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.ram import RamKind
from fitpages.matching.beside import Ram, takes_ram
from fitpages.matching.picks import MachinePick, memory_class, proposed

# What is beside a card of the class, as the form of a pick says it: with 16 GB and less, and above.
RAM_GIB, RAM_GIB_ABOVE, SMALL_GB = 32, 64, 16


class Command(BaseCommand):
    help = "Prints the picks of each memory class by the rule, as lines of a data file. Nothing is saved."

    def handle(self, *_: Any, **__: Any) -> None:
        records = sorted(_records(catalog_snapshot.current()), key=lambda record: record["slug"])
        self.stdout.write("\n".join(map(to_line, records)))


def class_ram(memory_gb: int) -> Ram:
    """The RAM that picks of a class are held against."""
    return Ram(RAM_GIB if memory_gb <= SMALL_GB else RAM_GIB_ABOVE, RamKind.DDR5_2)


def _records(snapshot: Snapshot) -> Iterator[Record]:
    examples = (gpu for gpu in snapshot.gpus.values() if gpu.class_example and memory_class(gpu))
    for gpu in examples:
        ram = class_ram(memory_class(gpu)) if takes_ram(gpu) else None
        for pick in proposed(snapshot, gpu, ram):
            # The largest in one pool is no pick with RAM, and All-round has its pick.
            if pick.is_enough and (pick.with_ram or not pick.wanted_ram):
                yield _record(snapshot, gpu, pick)


def _record(snapshot: Snapshot, gpu: PublishedGpu, pick: MachinePick) -> Record:
    size, with_ram = memory_class(gpu), pick.with_ram
    use, ending = Pick.Use(pick.use), "-with-ram" if with_ram else ""
    record: Record = {
        "slug": f"pick-{size}-{pick.use}{ending}",
        "name": f"{Pick.MemoryClass(size).label}, {use.label}{', with RAM' if with_ram else ''}",
        "status": "published",
        "sources": _sources(snapshot, pick.model),
        "use": str(use),
        "memory_class": size,
        "with_ram": with_ram,
        "model": pick.model.slug,
        "reason": pick.reason,
        "picked_on": timezone.localdate().isoformat(),
    }
    return record


def _sources(snapshot: Snapshot, model: PublishedModel) -> list[str]:
    """Where the boards are that know the model; the model's own page where none does."""
    shown = [score.sources[0] for score in snapshot.scores_of.get(model.slug, ()) if score.shown and score.sources]
    return list(dict.fromkeys(shown)) or [f"https://huggingface.co/{model.hugging_face_id}"]
