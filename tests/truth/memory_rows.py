"""Memory on one card against llama.cpp's breakdown without allocation: memory.csv and memory_more.csv."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

from fit import buffers, kv_cache, rule_of_thumb
from fit.architecture import Architecture
from fit.kv_cache import CacheType
from fit.specs import QuantSpec
from fit.workload import MICRO_BATCH_TOKENS, Workload
from tests.truth.models import Models, lines, more_lines, records
from tests.truth.row import Row, answered

Line = dict[str, str]
COLUMNS = (
    *("model", "quant", "n_ctx", "kv_type", "flash_attn", "n_ubatch", "kv_bytes", "backend", "variant"),
    "total_bytes_server",
)
CONTEXTS = {4096, 8192, 32768, 131072}
WHOLE_WINDOWS = "swa_full"


def cache_rows(oracle: Path, models: Models) -> Iterator[Row]:
    """Caches of one stream, of every type, batch and context; the first models', then more models'."""
    for line in lines(oracle / "memory.csv", *COLUMNS):
        if line["variant"] in ("", WHOLE_WINDOWS):
            yield _cache(f"cache {line['kv_type']}", line, models)
    for line in more_lines(oracle / "memory_more.csv", *COLUMNS):
        yield _cache("cache more", line, models)


def _cache(check: str, line: Line, models: Models) -> Row:
    return _compared(check, line, "kv_bytes", partial(_cache_bytes, models, line), _started(line))


def state_rows(oracle: Path, models: Models) -> Iterator[Row]:
    """States of recurrent layers, for one sequence."""
    for line in more_lines(oracle / "memory_more.csv", *COLUMNS, "state_bytes"):
        yield _compared("state", line, "state_bytes", partial(_state_bytes, models, line), _started(line))


def _started(line: Line) -> str:
    """How the server was started, in words that tell rows of one model and context apart."""
    attention = "" if line["flash_attn"] == "1" else "no flash attention"
    batch = "" if line["n_ubatch"] == str(MICRO_BATCH_TOKENS) else f"-ub {line['n_ubatch']}"
    return ", ".join(filter(None, (f"{line['kv_type']} cache", line["backend"], attention, batch, line["variant"])))


def total_rows(oracle: Path, models: Models) -> Iterator[Row]:
    """llama-server's totals on a CUDA card, output buffer included as llama.cpp does."""
    for line in _reference_lines(oracle):
        yield _total(models, "total", line)
    for line in more_lines(oracle / "memory_more.csv", *COLUMNS):
        yield _total(models, "total more", line)


def rule_rows(oracle: Path, models: Models) -> Iterator[Row]:
    """What the rule of thumb says of the same, for the quantizations that it has bytes for."""
    quants = {record["mix"]: record for record in records("quants.jsonl").values() if record["status"] == "published"}
    for line in _reference_lines(oracle):
        if line["quant"] in quants and quants[line["quant"]].get("bytes_per_weight"):
            record = quants[line["quant"]]
            quant = QuantSpec(slug=record["slug"], bytes_per_weight=Decimal(str(record["bytes_per_weight"])))
            predict = partial(_by_rule, models, line, quant)
            yield _compared("rule of thumb", line, "total_bytes_server", predict, _started(line))


def _compared(check: str, line: Line, column: str, figure: partial[int], detail: str = "") -> Row:
    row = Row(check, line["model"], line["quant"], int(line["n_ctx"]), None, int(line[column]), detail)
    return answered(row, figure)


def _total(models: Models, check: str, line: Line) -> Row:
    figure = partial(_total_bytes, models, line)
    return _compared(check, line, "total_bytes_server", figure, _started(line))


def _reference_lines(oracle: Path) -> Iterator[Line]:
    """Those of llama-server on a CUDA card with flash attention, at the contexts that are compared."""
    for line in lines(oracle / "memory.csv", *COLUMNS):
        is_reference = line["backend"] == "cuda" and line["flash_attn"] == "1" and line["variant"] == ""
        if is_reference and int(line["n_ctx"]) in CONTEXTS and line["total_bytes_server"]:
            yield line


def _workload(line: Line) -> Workload:
    return Workload(
        micro_batch_tokens=int(line["n_ubatch"]),
        flash_attention=line["flash_attn"] == "1",
        whole_window=line["variant"] == WHOLE_WINDOWS,
    )


def _cache_bytes(models: Models, line: Line) -> int:
    profile = kv_cache.cache_profile(models.architecture(line["model"]), CacheType(line["kv_type"]))
    return profile.size_bytes(int(line["n_ctx"]), _workload(line))


def recurrent_bytes(architecture: Architecture) -> int:
    """States of recurrent layers for one sequence; what a compressor of attention keeps counts as cache."""
    profile = kv_cache.cache_profile(architecture, CacheType.F16)
    return 0 if profile.compressed else profile.state_bytes


def _state_bytes(models: Models, line: Line) -> int:
    return recurrent_bytes(models.architecture(line["model"]))


def _total_bytes(models: Models, line: Line) -> int:
    architecture = models.architecture(line["model"])
    graph = buffers.graph(architecture, CacheType(line["kv_type"]))
    besides = graph.size_bytes(int(line["n_ctx"]), _workload(line)) + buffers.output_bytes(architecture)
    return models.weights(line["model"], line["quant"]).vram_bytes + _cache_bytes(models, line) + besides


def _by_rule(models: Models, line: Line, quant: QuantSpec) -> int:
    return int(rule_of_thumb.need_bytes(models.spec(line["model"]), quant))
