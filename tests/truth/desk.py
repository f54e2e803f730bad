"""What answers a question: the catalog's records as `fit` takes them, straight from the data files."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fit.architecture import Architecture
from fit.displays import Display
from fit.kv_cache import CacheType, CacheTypes
from fit.memory import Accounting
from fit.model_memory import ModelMemory
from fit.offer import offer
from fit.specs import GpuSpec
from fit.systems import System
from fit.weights import Weights, weights
from fit.workload import BATCH_TOKENS, Projector, Workload
from tests.truth.labels import mix_of
from tests.truth.models import Models, records
from tests.truth.published_rows import own_files, published_gpu
from tests.truth.questions import Ask
from tests.truth.row import NotAnsweredError

if TYPE_CHECKING:
    from catalog.published_files import PublishedFile


class Desk:
    """Models, cards and files of the catalog, by what a question says of them."""

    def __init__(self) -> None:
        self.models = Models(None)

    @cached_property
    def _gpus(self) -> Mapping[str, dict[str, Any]]:
        return records("gpus.jsonl")

    @property
    def gpu_slugs(self) -> list[str]:
        """Every card of the catalog."""
        return list(self._gpus)

    def gpu(self, slug: str) -> GpuSpec:
        """A card, as the site's own arithmetic takes it."""
        if slug not in self._gpus:
            raise NotAnsweredError(f"the catalog has no card {slug}")
        return published_gpu(self._gpus[slug]).spec

    def gpus(self, ask: Ask) -> list[GpuSpec]:
        """The cards of a question, at least one."""
        if not ask.cards:
            raise NotAnsweredError("the question names no card")
        return [self.gpu(slug) for slug in ask.cards]

    def architecture(self, ask: Ask) -> Architecture:
        """The architecture of the model, its draft block in the file where the question says so."""
        if ask.model is None:
            raise NotAnsweredError("the question names no model")
        architecture = self.models.architecture(ask.model)
        if not ask.draft:
            return architecture
        if architecture.mtp is None:
            raise NotAnsweredError(f"{ask.model} has no draft block")
        return replace(architecture, gguf=replace(architecture.gguf, draft_layers_in_file=True))

    def projector(self, ask: Ask) -> Projector:
        """The projector of the model."""
        parameters = self.models.record(ask.model or "").get("tower_parameters")
        if parameters is None:
            raise NotAnsweredError(f"{ask.model} has no projector that we know")
        return Projector.of_parameters(parameters)

    def workload(self, ask: Ask, **more: Any) -> Workload:
        """How the server of the question is run, and what it loads."""
        return Workload(
            slots=ask.slots,
            unified=ask.unified_cache,
            batch_tokens=max(BATCH_TOKENS, ask.ubatch),
            micro_batch_tokens=ask.ubatch,
            flash_attention=ask.flash_attention,
            drafted_tokens=ask.drafted_tokens if ask.draft else 0,
            projector=self.projector(ask) if ask.projector else None,
            **more,
        )

    def own_file(self, ask: Ask) -> "PublishedFile | None":
        """The published file of a label that is no level, as pages count it in a row of its own."""
        files = [record for record in self._files if record["model"] == ask.model and record["label"] == ask.quant]
        return own_files(files, self._maker(ask)).get(ask.quant or "")

    @cached_property
    def _files(self) -> list[dict[str, Any]]:
        """Published files without a level."""
        files = records("artifacts.jsonl").values()
        return [file for file in files if file["status"] == "published" and not file.get("quant")]

    def _maker(self, ask: Ask) -> str:
        return str(self.models.record(ask.model or "").get("hugging_face_id", "")).partition("/")[0]

    def weights(self, ask: Ask) -> Weights:
        """The weights at the mix of the question."""
        return weights(self.architecture(ask), mix_of(ask.quant or ""))

    def accounting(self, ask: Ask) -> Accounting:
        """The accounting at the mix, or at the size of the very file."""
        architecture, record = self.architecture(ask), self.models.record(ask.model or "")
        native = record.get("native_context") or 1
        memory = ModelMemory(
            architecture=architecture,
            native_context=native,
            context_limit=max(record.get("extended_context") or 0, native),
        )
        file = self.own_file(ask)
        file_bytes = ask.file_bytes or (file.tensor_bytes if file else None)
        accounting = memory.at(mix_of(ask.quant or ""), file_bytes)
        if accounting is None:
            raise NotAnsweredError(f"no rules are known for {ask.quant}")
        return accounting


def cache_types(ask: Ask) -> CacheTypes:
    """The types of keys and of values; of caches with keys only the values are not told."""
    keys = CacheType(ask.cache_k or CacheType.F16)
    return CacheTypes(keys, CacheType(ask.cache_v) if ask.cache_v else keys)


def offered(gpu: GpuSpec, ask: Ask) -> int:
    """Bytes that a card leaves with the display and the system of the question; else with what is usual."""
    display = None if ask.display is None else Display(ask.display)
    return offer(gpu, system=_system(gpu, ask.unified_limit), display=display).total_bytes


def _system(gpu: GpuSpec, limit: str | None) -> System | None:
    """The system with a limit as installed, which is the usual one, or raised."""
    if limit in (None, "default"):
        return None
    system = next((system for system in gpu.systems if system.key == limit), None)
    if system is None:
        raise NotAnsweredError(f"{gpu.slug} has no limit that is {limit}")
    return system
