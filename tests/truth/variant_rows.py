"""Memory on one card, started otherwise: with slots, batches or without flash attention (memory_variants.csv)."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from fit.allocation import allocate
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.workload import Workload
from tests.truth.models import Models, more_lines
from tests.truth.placement_rows import EVERYTHING, accounting_of
from tests.truth.row import NotAnsweredError, Row, answered

Line = dict[str, str]
BYTES = ("weights_bytes", "cache_bytes", "compute_bytes")
COLUMNS = ("model", "quant", "n_ctx", "kv_type", "variant", "n_gpu_layers", *BYTES)
# How the server was started.
VARIANTS = {
    "slots4_unified": Workload(slots=4, unified=True),
    "slots4_split": Workload(slots=4, unified=False),
    "slots8_unified": Workload(slots=8, unified=True),
    "slots8_split": Workload(slots=8, unified=False),
    "no_kv_offload": Workload(cache_in_ram=True),
    "flash_attention_off": Workload(flash_attention=False),
    "ubatch128": Workload(micro_batch_tokens=128),
    "ubatch2048": Workload(micro_batch_tokens=2048),
    "swa_full": Workload(whole_window=True),
    "no_op_offload": Workload(op_offload=False),
}


def variant_rows(oracle: Path, models: Models) -> Iterator[Row]:
    """Weights, cache and buffers in VRAM of each variant."""
    for line in more_lines(oracle / "memory_variants.csv", *COLUMNS):
        real = sum(int(line[column]) for column in BYTES)
        row = Row(f"variant {line['variant']}", line["model"], line["quant"], int(line["n_ctx"]), None, real)
        yield answered(row, partial(_vram_bytes, models, line))


def _vram_bytes(models: Models, line: Line) -> int:
    if line["variant"] not in VARIANTS:
        raise NotAnsweredError(f"the variant {line['variant']} is not known")
    flags = Flags(None if line["n_gpu_layers"] == EVERYTHING else int(line["n_gpu_layers"]))
    accounting = accounting_of(models, line["model"], line["quant"])
    allocation = allocate(accounting, flags, int(line["n_ctx"]), CacheType(line["kv_type"]), VARIANTS[line["variant"]])
    return allocation.vram_bytes
