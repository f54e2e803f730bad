"""What the sections of a pair's page are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from catalog.snapshot import PublishedFile, PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import placement, speed
from fit.advice import advised_bytes
from fit.assessment import Assessment, QuantFit
from fit.expected import short_speeds
from fit.flags import Flags
from fit.placement import Placement
from fit.speed import Estimate
from fit.worked_out import WorkedOut
from fitpages.matching.files import files_by_level
from fitpages.matching.fits import assessment, wanted_card
from fitpages.matching.levels import default_of, or_above
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.about_gpu import AboutGpu, about_gpu
from fitpages.pages.pair.about_model import AboutModel, about_model
from fitpages.text import figures


class InRam(NamedTuple):
    """Experts, or whole layers, in RAM at the reference context; None where that is not enough or not known.

    Where the memory is the system's own there is no other RAM.
    """

    experts: Placement | None
    layers: Placement | None


@dataclass(frozen=True, kw_only=True)
class AssessedPair:
    """A pair, assessed. `files` are those that a command names, by the slug of their level.

    `or_above` are the levels that decide whether it fits, in words: "Q3_K_M or above".
    """

    pair: Pair
    assessment: Assessment
    quants: Mapping[str, PublishedQuant]
    about_model: AboutModel
    about_gpu: AboutGpu
    files: Mapping[str, PublishedFile]
    default: PublishedQuant
    or_above: str
    wanted: PublishedGpu | None

    @property
    def model(self) -> PublishedModel:
        return self.pair.model

    @property
    def gpu(self) -> PublishedGpu:
        return self.pair.gpu

    def name(self, fit: QuantFit) -> str:
        return self.quants[fit.quant.slug].name

    def short_name(self, fit: QuantFit) -> str:
        return self.quants[fit.quant.slug].short_name

    @cached_property
    def speeds(self) -> Mapping[str, Estimate]:
        """What to expect with a short context, by the slug of each quantization that fits."""
        return short_speeds(self.assessment, self.gpu.spec)

    @property
    def best(self) -> QuantFit | None:
        """The quantization that advice is given for, where one fits."""
        return self.assessment.best

    @cached_property
    def shown(self) -> QuantFit:
        """The quantization that the verdict speaks of: the best that fits, or the smallest there is."""
        return self.best or self.assessment.smallest

    @cached_property
    def shown_name(self) -> str:
        return self.name(self.shown)

    @property
    def is_native(self) -> bool:
        """Whether advice is for the level that the model was made in, of which the rule of thumb knows nothing."""
        return self.default.spec.bytes_per_weight is None

    @cached_property
    def by_accounting(self) -> bool:
        """Whether the accounting decides about the level shown, and the rule of thumb says otherwise or nothing."""
        return bool(self.shown.exact) and (self.shown.fits or self.shown.need_bytes is None)

    @property
    def is_counted(self) -> bool:
        """Whether the sentences are about what is counted and offered, not what is needed and usable by the rule."""
        return bool(self.shown.exact and (self.best or self.by_accounting))

    @property
    def left(self) -> str:
        """What the memory that there is is called, in those sentences."""
        return "offered" if self.is_counted else "usable"

    @cached_property
    def default_fit(self) -> QuantFit:
        return self.assessment.quant(self.default.slug)

    @cached_property
    def in_ram(self) -> InRam:
        """The default quantization with a part of it in RAM, and what advice keeps free of the card."""
        fit, offered = self.default_fit, advised_bytes(self.gpu.spec)
        if fit.exact is None or self.gpu.spec.unified_memory:
            return InRam(None, None)
        accounting = fit.exact.accounting
        context = accounting.reference_context
        return InRam(
            placement.experts_in_ram(accounting, offered, context),
            placement.layers_in_ram(accounting, offered, context),
        )

    @cached_property
    def at_usual_ends(self) -> Mapping[Flags, tuple[Estimate, Estimate]]:
        """The speed of the default quantization with what flags leave in RAM, at both usual ends of RAM."""
        exact = self.default_fit.exact
        assert exact
        accounting, gpu = exact.accounting, self.gpu.spec
        return WorkedOut(lambda flags: speed.at_usual_ends(accounting, gpu, flags, accounting.reference_context))

    @property
    def of_command(self) -> QuantFit:
        """The quantization that the command is for: the one advised, or the default one with a part of it in RAM."""
        return self.default_fit if not self.best and any(self.in_ram) else self.shown

    @property
    def card(self) -> str:
        """The GPU with its article."""
        return self.about_gpu.card

    @cached_property
    def need_against_usable(self) -> tuple[str, str]:
        """What the one shown takes and what there is: as counted in GiB where the accounting decides, else by the
        rule in GB."""
        exact = self.shown.exact
        if exact and self.is_counted:
            return figures.counted_apart(exact.accounting.reference_bytes, self.assessment.offer.total_bytes)
        return figures.memories_apart(self.shown.size_bytes, self.assessment.usable_bytes)


def assessed_pair(snapshot: Snapshot, pair: Pair) -> AssessedPair:
    """The pair assessed; the snapshot has at least one quantization."""
    return AssessedPair(
        pair=pair,
        assessment=assessment(snapshot, pair),
        quants=snapshot.quant_of,
        about_model=about_model(snapshot, pair.model),
        about_gpu=about_gpu(snapshot, pair.gpu),
        files=files_by_level(snapshot, pair.model),
        default=default_of(snapshot, pair.model),
        or_above=or_above(snapshot, pair.model),
        wanted=wanted_card(snapshot, pair.model),
    )
