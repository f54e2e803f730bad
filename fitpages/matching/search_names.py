"""The words that models and machines are found by, in one catalog."""

import re
from typing import NamedTuple

from catalog.models import Gpu
from catalog.name_words import name_words, query_words
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.gpu_memory import nameplate_gib
from fitpages.matching.search_words import Phrase
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures

# What machines of a kind are called, whatever their names.
KIND_WORDS = {
    Gpu.Segment.LAPTOP: "laptop notebook mobile",
    Gpu.Segment.APPLE: "mac apple silicon",
    Gpu.Segment.APU: "igpu apu integrated",
    Gpu.Segment.DATACENTER: "datacenter server",
    Gpu.Segment.WORKSTATION: "workstation",
}
PROCESSOR, PROCESSOR_WORDS = "cpu", "cpu ram processor"
KINDS = frozenset(" ".join((*KIND_WORDS.values(), PROCESSOR_WORDS)).split())
# Words of names that makers put before everything.
BRANDS = frozenset(query_words("nvidia amd intel apple geforce radeon rtx gtx rx arc quadro tesla instinct", 20))
SIZE = re.compile(r"[0-9.]+gb")


class Names(NamedTuple):
    """The words that a record is found by.

    `words` in full, `nicknames` only together or in part: words of other names count less. `own` are those of its name
    that tell it from others: without its maker's and its memory.
    """

    words: frozenset[str]
    nicknames: frozenset[str]
    own: frozenset[str]


@per_snapshot
def names_of(_: Snapshot, record: PublishedModel | PublishedGpu) -> Names:
    """The words of a model or of a machine."""
    words = name_words(f"{record.name} {record.vendor}") | name_words(record.full_name)
    nicknames = _nicknames(record)
    beginnings = {" ".join(phrase) for phrase in _phrases(record)}
    whole = {" ".join(nickname) for nickname in nicknames}
    parts = frozenset(word for nickname in nicknames for word in nickname)
    own = frozenset(word for word in query_words(record.name) if not SIZE.fullmatch(word) and word not in BRANDS)
    return Names(words | beginnings | whole | _more(record), parts, own)


@per_snapshot
def phrases(snapshot: Snapshot) -> frozenset[Phrase]:
    """Names of two words and more, and what they begin with."""
    of_models = (_phrases(model) for model in snapshot.models.values())
    of_gpus = (_phrases(gpu) for gpu in snapshot.gpus.values())
    return frozenset().union(*of_models, *of_gpus)


@per_snapshot
def words_of_models(snapshot: Snapshot) -> frozenset[str]:
    """All words of the names of models."""
    return frozenset(word for model in snapshot.models.values() for word in query_words(model.name))


def _phrases(record: PublishedModel | PublishedGpu) -> set[Phrase]:
    """ "MacBook Pro 14" gives macbook pro and macbook pro 14: but nothing that is the record's name itself."""
    own = set(query_words(record.name))
    nicknames = _nicknames(record)
    beginnings = {name[:length] for name in nicknames for length in range(2, len(name) + 1)}
    return {beginning for beginning in beginnings if not own.issuperset(beginning)}


def _nicknames(record: PublishedModel | PublishedGpu) -> list[Phrase]:
    return [query_words(name) for name in record.also_called.split(",") if name]


def _more(record: PublishedModel | PublishedGpu) -> frozenset[str]:
    """Of a machine its memory and its kind, of a model its size: asked for whatever the name says."""
    if isinstance(record, PublishedModel):
        return frozenset({f"{round(record.spec.parameters / 10**9)}b"})
    kind = KIND_WORDS.get(Gpu.Segment(record.segment), "")
    processor = PROCESSOR_WORDS if record.spec.speed_class == PROCESSOR else ""
    return frozenset({f"{figures.bare_nameplate(nameplate_gib(record.spec))}gb", *kind.split(), *processor.split()})
