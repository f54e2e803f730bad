"""What public pages know: an immutable picture of what is published, without the ways to take one."""

import datetime
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from catalog.models.revision import EMPTY, Revision
from catalog.published import PublishedGpu, PublishedModel, PublishedQuant
from catalog.published_files import PublishedFile, PublishedRepository
from catalog.published_markets import PublishedPick, PublishedPopularity, PublishedPrice, PublishedScore
from catalog.published_measurements import PublishedBenchmark
from catalog.recent_changes import NO_CHANGES, RecentChanges


class Gone(NamedTuple):
    """A record that was public and was deleted; `family` is a model's family or a card's vendor. "" where not known."""

    name: str
    family: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """All that public pages know.

    `gpus` and `models` are by slug, `files_of`, `repositories_of`, `popularity_of` and `scores_of` by model,
    `prices_of` by GPU. `quants` are those shown always, the
    rule of thumb's table, best quality first; without them, and only then, `default_slug` is "". `all_quants` has the
    others in their places, too. `common_gpus` is in order of `fit.cards.preference`, `models_by_size` the smallest
    first, `benchmarks` in order of their slugs: all that are published, for the calibration.
    `former_gpu_slugs` and `former_model_slugs` are old addresses with the slugs that they lead to, `gone_gpus` and
    `gone_models` those of records that were deleted and that lead nowhere.
    `by_fingerprint` has GPUs, models and quantizations by what their rows hold: of rows that did not change, the next
    snapshot has the very same objects, with all that was worked out for them.
    """

    revision: Revision
    gpus: Mapping[str, PublishedGpu]
    models: Mapping[str, PublishedModel]
    quants: tuple[PublishedQuant, ...]
    all_quants: tuple[PublishedQuant, ...]
    files_of: Mapping[str, tuple[PublishedFile, ...]]
    repositories_of: Mapping[str, tuple[PublishedRepository, ...]]
    popularity_of: Mapping[str, PublishedPopularity]
    scores_of: Mapping[str, tuple[PublishedScore, ...]]
    prices_of: Mapping[str, tuple[PublishedPrice, ...]]
    picks: tuple[PublishedPick, ...]
    default_slug: str
    quants_changed_at: datetime.datetime
    common_gpus: tuple[PublishedGpu, ...]
    models_by_size: tuple[PublishedModel, ...]
    benchmarks: tuple[PublishedBenchmark, ...]
    former_gpu_slugs: Mapping[str, str]
    former_model_slugs: Mapping[str, str]
    gone_gpus: Mapping[str, Gone]
    gone_models: Mapping[str, Gone]
    by_fingerprint: Mapping[str, Any]
    changes: RecentChanges = NO_CHANGES
    # By a clock that nobody sets, in seconds.
    read_at_s: float = field(default_factory=time.monotonic)

    @cached_property
    def default_quant(self) -> PublishedQuant:
        """The popular quantization; KeyError in a catalog without quantizations, of which no page asks."""
        return self.quant_of[self.default_slug]

    @cached_property
    def quant_of(self) -> Mapping[str, PublishedQuant]:
        """All quantizations by slug."""
        return MappingProxyType({quant.slug: quant for quant in self.all_quants})

    @cached_property
    def shown_benchmarks(self) -> tuple[PublishedBenchmark, ...]:
        """The measurements that pages print: those that a reader can check."""
        return tuple(benchmark for benchmark in self.benchmarks if not benchmark.hidden_because)


EMPTY_SNAPSHOT = Snapshot(
    revision=EMPTY,
    gpus=MappingProxyType({}),
    models=MappingProxyType({}),
    quants=(),
    all_quants=(),
    files_of=MappingProxyType({}),
    repositories_of=MappingProxyType({}),
    popularity_of=MappingProxyType({}),
    scores_of=MappingProxyType({}),
    prices_of=MappingProxyType({}),
    picks=(),
    default_slug="",
    quants_changed_at=EMPTY.changed_at,
    common_gpus=(),
    models_by_size=(),
    benchmarks=(),
    former_gpu_slugs=MappingProxyType({}),
    former_model_slugs=MappingProxyType({}),
    gone_gpus=MappingProxyType({}),
    gone_models=MappingProxyType({}),
    by_fingerprint=MappingProxyType({}),
)
