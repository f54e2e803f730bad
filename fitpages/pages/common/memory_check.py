"""How far the memory accounting is from llama.cpp's own answers, as `make truth` wrote it to memory_check.json."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "memory_check.json"
TOTAL, RULE = "total", "rule of thumb"
# The checks that pages show, in their order, as readers know them.
NAMES = {
    "weights": "Weights, whole file",
    "sizes": "Weights at every mix, more models",
    "cache f16": "KV cache, f16",
    "cache q8_0": "KV cache, q8_0",
    "cache q4_0": "KV cache, q4_0",
    "cache more": "KV cache, more models",
    "state": "State of recurrent layers",
    TOTAL: "Total, any context and cache type",
    "total more": "Total, more models",
    "variant slots4_unified": "Total with 4 slots in one cache",
    "variant slots4_split": "Total with 4 slots, a cache each",
    "variant slots8_unified": "Total with 8 slots in one cache",
    "variant slots8_split": "Total with 8 slots, a cache each",
    "variant ubatch128": "Total in batches of 128 tokens",
    "variant ubatch2048": "Total in batches of 2,048 tokens",
    "variant flash_attention_off": "Total without flash attention",
    "variant swa_full": "Total with whole windows kept",
    "variant no_kv_offload": "VRAM with the cache in RAM",
    "variant no_op_offload": "VRAM with layers in RAM, prompts there too",
    "placement weights": "Weights on each device",
    "placement cache": "KV cache on each device",
    "nothing on the card, VRAM": "VRAM with all layers in RAM",
    "nothing on the card, RAM": "RAM with all layers in RAM",
    "layers in RAM, VRAM": "VRAM with layers in RAM",
    "layers in RAM, RAM": "RAM with layers in RAM",
    "experts in RAM, VRAM": "VRAM with experts in RAM",
    "experts in RAM, RAM": "RAM with experts in RAM",
    "cards, VRAM": "VRAM of each of several cards",
    "cards, RAM": "RAM beside several cards",
    RULE: "Rule of thumb, for the total",
}
# Those of one card and one slot, with the types of cache by themselves.
FIRST = ("weights", "cache f16", "cache q8_0", "cache q4_0", TOTAL)


@dataclass(frozen=True, kw_only=True)
class MemoryCheck:
    """How many of llama.cpp's answers, of how many models, how many met to the byte, and the errors as shares."""

    name: str
    rows: int
    models: int
    exact: int
    median: float
    worst: float


@cache
def memory_checks() -> Mapping[str, MemoryCheck]:
    """Each check that the file has, by its name there; the file is read once in each process."""
    lines = {line["check"]: line for line in json.loads(PATH.read_text(encoding="utf-8"))}
    return {check: _check(name, lines[check]) for check, name in NAMES.items() if check in lines}


def _check(name: str, line: Mapping[str, float]) -> MemoryCheck:
    return MemoryCheck(
        name=name,
        rows=int(line["rows"]),
        models=int(line["models"]),
        exact=int(line["exact"]),
        median=line["median"],
        worst=line["worst"],
    )
