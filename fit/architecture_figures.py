"""What follows from an architecture alone: worked out once for all models that share it, whatever their contexts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from fit.architecture import Architecture
from fit.buffers import Graph, graph
from fit.kv_cache import CacheKind, CacheProfile, cache_profile
from fit.prompt import StackWork, stack_work
from fit.reading import Reading, reading
from fit.stack import LayerCaches, layer_caches
from fit.weights import Weights, WholeFile, weights
from fit.worked_out import WorkedOut, once


@dataclass(frozen=True, eq=False)
class ArchitectureFigures:
    """Figures of an architecture, each worked out when it is first asked for."""

    architecture: Architecture

    @cached_property
    def weights(self) -> Mapping[str, Weights]:
        """By mix, with all layers: of the few that answers speak of."""
        return WorkedOut(self._weights)

    @cached_property
    def whole_files(self) -> dict[str, WholeFile]:
        """By mix, without layers, which of all mixes would take much memory."""
        return WorkedOut(lambda mix: weights(self.architecture, mix).whole)

    @cached_property
    def caches(self) -> Mapping[CacheKind, CacheProfile]:
        """The cache of all layers together."""
        return WorkedOut(lambda cache_type: cache_profile(self.architecture, cache_type))

    @cached_property
    def layer_caches(self) -> Mapping[CacheKind, LayerCaches]:
        """The cache layer by layer."""
        return WorkedOut(lambda cache_type: layer_caches(self.architecture, cache_type))

    @cached_property
    def graphs(self) -> Mapping[CacheKind, Graph]:
        """What compute buffers follow from."""
        return WorkedOut(lambda cache_type: graph(self.architecture, cache_type))

    @cached_property
    def reading(self) -> Reading:
        """What a token reads."""
        return reading(self.architecture)

    @cached_property
    def stack_work(self) -> StackWork:
        """What a token of a prompt takes in all layers."""
        return stack_work(self.architecture)

    @cached_property
    def with_draft_layers(self) -> Architecture:
        """The same from a file that holds its draft layers; itself where there is no more to hold."""
        layout = self.architecture.gguf
        if self.architecture.mtp is None or layout.draft_layers_in_file:
            return self.architecture
        return replace(self.architecture, gguf=replace(layout, draft_layers_in_file=True))

    def _weights(self, mix: str) -> Weights:
        made = weights(self.architecture, mix)
        self.whole_files[mix] = made.whole
        return made


@once
def figures_of(architecture: Architecture) -> ArchitectureFigures:
    """The figures of an architecture, kept with it."""
    return ArchitectureFigures(architecture)
