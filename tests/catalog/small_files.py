"""A release of few records, made up: two or three of a kind. A load of it takes a moment."""

from pathlib import Path
from typing import Any

from catalog.interchange.load import LoadReport, load_catalog
from catalog.interchange.records import to_line
from catalog.models import RECORD_MODELS, Gpu, RetiredSlug
from tests.catalog.data_files import (
    ARTIFACTS,
    BENCHMARKS,
    GPUS,
    MODELS,
    NAMES,
    PICKS,
    POPULARITY,
    PRICES,
    QUANTS,
    REPOSITORIES,
    SCORES,
    DataFiles,
)
from tests.catalog.rows import ARCHITECTURE

Record = dict[str, Any]
PUBLISHED = {"status": "published", "sources": ["https://example.org/sheet"]}


def card(slug: str, **facts: Any) -> Record:
    figures = {"full_name": slug, "vendor": "NVIDIA", "segment": "consumer", "memory_gb": 24, "bandwidth_gb_s": 1008}
    return {"slug": slug, "name": slug.upper(), **PUBLISHED, **figures, "power_w": 350, **facts}


def level(slug: str, order: int, **facts: Any) -> Record:
    said = {"bytes_per_weight": 0.5, "quality": "Fine.", "order": order, "shown": "always"}
    return {"slug": slug, "name": slug.upper(), **PUBLISHED, **said, **facts}


def model(slug: str, **facts: Any) -> Record:
    said = {"vendor": "Testers", "family": "Test", "parameters": 8_000_000_000, "architecture": ARCHITECTURE}
    return {"slug": slug, "name": slug.upper(), "full_name": slug, **PUBLISHED, **said, **facts}


def file(slug: str, **facts: Any) -> Record:
    said = {"model": "m-1", "label": "Q4", "quant": "q-4", "repository": "a/b", "size_bytes": 5_000_000_000}
    return {"slug": slug, "name": slug.upper(), **PUBLISHED, **said, **facts}


def repository(slug: str, **facts: Any) -> Record:
    return {"slug": slug, "name": f"a/{slug}", **PUBLISHED, "model": "m-1", "labels": "Q4", **facts}


def measured(slug: str, **facts: Any) -> Record:
    labels = {"gpu_label": "C", "model_label": "M", "quant_label": "Q-4", "runtime": "llama.cpp"}
    said = {"gpu": "c-1", "model": "m-1", "quant": "q-4", "decode_tokens_s": 50}
    return {"slug": slug, "name": slug.upper(), **PUBLISHED, **labels, **said, **facts}


def popularity(slug: str, **facts: Any) -> Record:
    said = {"model": "m-1", "downloads": 1000, "downloads_source": "https://example.org/counts"}
    return {"slug": slug, "name": slug.upper(), **PUBLISHED, **said, **facts}


def score(slug: str, **facts: Any) -> Record:
    return {"slug": slug, "name": slug.upper(), **PUBLISHED, "model": "m-1", "board": "Board", "score": 40, **facts}


def price(slug: str, **facts: Any) -> Record:
    said = {"gpu": "c-1", "kind_of_price": "street", "amount": 1000, "currency": "USD", "seen_in": "2026-08"}
    return {"slug": slug, "name": slug.upper(), **PUBLISHED, **said, **facts}


def pick(slug: str, **facts: Any) -> Record:
    said = {"use": "code", "memory_class": 24, "model": "m-1", "reason": "Testers say so.", "picked_on": "2026-08-21"}
    return {"slug": slug, "name": slug.upper(), **PUBLISHED, **said, **facts}


def first_release() -> dict[str, list[Record]]:
    """Its records by their files."""
    return {
        QUANTS: [level("q-4", 40, is_default=True), level("q-5", 30), level("q-8", 20)],
        GPUS: [card("c-1"), card("c-2"), card("c-3")],
        MODELS: [model("m-1", common=True), model("m-2", common=True)],
        ARTIFACTS: [file("f-1", preferred=True), file("f-2", repository="b/b"), file("f-3", quant="q-8", label="Q8")],
        REPOSITORIES: [repository("r-1"), repository("r-2", model="m-2")],
        BENCHMARKS: [measured("b-1"), measured("b-2", gpu="c-2")],
        POPULARITY: [popularity("p-1"), popularity("p-2", model="m-2", downloads=2000)],
        SCORES: [score("s-1"), score("s-2", model="m-2", score=50)],
        PRICES: [price("d-1"), price("d-2", gpu="c-2", amount=1500)],
        PICKS: [pick("k-1"), pick("k-2", use="fast", model="m-2")],
    }


class SmallFiles(DataFiles):
    """The first release in `directory`, loaded into a catalog that was empty."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir()
        for name, records in first_release().items():
            self.write(name, [to_line(record) for record in records])
        empty()
        self.load()

    @property
    def records(self) -> int:
        return sum(len(self.lines(name)) for name in NAMES)

    def add(self, name: str, record: Record) -> None:
        self.write(name, [*self.lines(name), to_line(record)])

    def unchanged(self, **others: Any) -> LoadReport:
        """The report of a load that did nothing but what is named."""
        elsewhere = sum(others.get(outcome, 0) for outcome in ("created", "updated", "kept"))
        return LoadReport(unchanged=self.records - elsewhere, **others)


def empty() -> None:
    """An empty catalog."""
    for kind in reversed(RECORD_MODELS):
        kind.objects.all()._raw_delete("default")
    RetiredSlug.objects.all().delete()


def bandwidth(slug: str) -> float:
    return float(Gpu.objects.get(slug=slug).bandwidth_gb_s)


def reload(directory: Path) -> LoadReport:
    """A load into an empty catalog."""
    empty()
    return load_catalog(directory)
