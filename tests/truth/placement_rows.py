"""Which device holds what: layers or experts in RAM, several cards, with a pipeline and without."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

from fit.allocation import Allocation, allocate
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.model_memory import ModelMemory
from fit.parts import Parts
from tests.truth.models import Models, more_lines
from tests.truth.row import NotAnsweredError, Row, answered

SETTINGS = ("model", "quant", "n_ctx", "kv_type", "n_gpu_layers", "n_cpu_moe", "tensor_split", "pipeline")
COLUMNS = (*SETTINGS, "device", "weights_bytes", "cache_bytes", "compute_bytes")
RAM, EVERYTHING, NOTHING = "host", "all", "0"
Part = Callable[[Parts], int]


def placement_rows(oracle: Path, models: Models) -> Iterator[Row]:
    """Weights, cache and all that each device holds, for every setting of the file."""
    table = more_lines(oracle / "placement.csv", *COLUMNS)
    for _, devices in groupby(table, key=lambda line: tuple(line[name] for name in SETTINGS)):
        asked = _Asked(models, list(devices))
        for line in asked.devices:
            yield from asked.rows(line)


class _Asked:
    """One setting with what llama.cpp put on each device."""

    def __init__(self, models: Models, devices: list[dict[str, str]]) -> None:
        self.models, self.devices, self.setting = models, devices, devices[0]
        self._allocation: Allocation | None = None

    def rows(self, line: dict[str, str]) -> Iterator[Row]:
        """Three rows for a device: its weights, its cache, all of it."""
        weights_bytes, cache_bytes, compute_bytes = (int(line[name]) for name in COLUMNS[-3:])
        total = weights_bytes + cache_bytes + compute_bytes
        yield self._row("placement weights", line, weights_bytes, lambda parts: parts.weights_bytes)
        yield self._row("placement cache", line, cache_bytes, lambda parts: parts.cache_bytes)
        place = "RAM" if line["device"] == RAM else "VRAM"
        share_of = self._model_bytes() if line["device"] == RAM else total
        yield self._row(f"{self._kind()}, {place}", line, total, lambda parts: parts.total_bytes, share_of)

    def _row(self, check: str, line: dict[str, str], real: int, part: Part, share_of: int | None = None) -> Row:
        detail = f"-ngl {line['n_gpu_layers']} --n-cpu-moe {line['n_cpu_moe']} -ts {line['tensor_split']}"
        detail += f", {line['kv_type']} cache, {'pipeline, ' if line['pipeline'] == '1' else ''}{line['device']}"
        row = Row(check, line["model"], line["quant"], int(line["n_ctx"]), None, real, detail, share_of or None)
        return answered(row, partial(self._figure, line["device"], part))

    def _kind(self) -> str:
        """What the setting shows."""
        if self.setting["n_cpu_moe"] != "0":
            return "experts in RAM"
        if self.setting["n_gpu_layers"] == EVERYTHING:
            return "cards"
        return "nothing on the card" if self.setting["n_gpu_layers"] == NOTHING else "layers in RAM"

    def _model_bytes(self) -> int:
        """Bytes of the model's weights, on whichever device; a tied head may be there twice."""
        return sum(int(line["weights_bytes"]) for line in self.devices)

    def _figure(self, device: str, part: Part) -> int:
        allocation = self._allocated()
        return part(allocation.ram if device == RAM else allocation.cards[int(device.removeprefix("GPU"))])

    def _allocated(self) -> Allocation:
        if self._allocation is None:
            setting, layers = self.setting, self.setting["n_gpu_layers"]
            flags = Flags(
                None if layers == EVERYTHING else int(layers),
                int(setting["n_cpu_moe"]),
                tuple(map(float, setting["tensor_split"].split("/"))),
            )
            accounting = accounting_of(self.models, setting["model"], setting["quant"])
            pipeline, cache_type = setting["pipeline"] == "1", CacheType(setting["kv_type"])
            self._allocation = allocate(accounting, flags, int(setting["n_ctx"]), cache_type, peer_copies=pipeline)
        return self._allocation


def accounting_of(models: Models, name: str, mix: str) -> Accounting:
    """The accounting of a model at a mix, worked out once."""
    if (name, mix) not in models.accountings:
        memory = ModelMemory(architecture=models.architecture(name), native_context=1, context_limit=1)
        accounting = memory.at(mix)
        if accounting is None:
            raise NotAnsweredError(f"no rules are known for the mix {mix}")
        models.accountings[name, mix] = accounting
    return models.accountings[name, mix]
