"""Workloads and types of cache as hypothesis draws them, and accountings of models that have draft layers."""

from typing import Any

from hypothesis import strategies as st

from fit.architecture import DraftLayers
from fit.kv_cache import CacheType, CacheTypes
from fit.workload import Projector, Workload
from tests.fit.accountings import accounting
from tests.fit.architectures import RECURRENT, SHAPES, architecture, group, layout

DRAFT = DraftLayers(blocks=(group(n=1),), extra=512 * 1024)
HOLDS_DRAFTS = layout(draft_layers_in_file=True)
DRAFTED = architecture(mtp=DRAFT, gguf=HOLDS_DRAFTS)
ACCOUNTINGS = [
    *map(accounting, SHAPES),
    accounting(DRAFTED),
    accounting(architecture(blocks=RECURRENT.blocks, mtp=DRAFT, gguf=HOLDS_DRAFTS)),
    accounting(architecture(blocks=SHAPES[1].blocks, mtp=DraftLayers(blocks=(group(n=2),)), gguf=HOLDS_DRAFTS)),
]
PROJECTOR = Projector(10**6, 10**5)

accountings = st.sampled_from(ACCOUNTINGS)
types = st.sampled_from(CacheType)
cache_kinds = st.one_of(types, st.builds(CacheTypes, types, types))
SETTINGS: dict[str, st.SearchStrategy[Any]] = {
    "slots": st.integers(1, 9),
    "unified": st.booleans(),
    "batch_tokens": st.sampled_from([64, 512, 2048, 4096]),
    "micro_batch_tokens": st.sampled_from([32, 128, 512, 2048]),
    "flash_attention": st.booleans(),
    "whole_window": st.booleans(),
    "cache_in_ram": st.booleans(),
    "op_offload": st.booleans(),
    "drafted_tokens": st.integers(0, 4),
    "projector": st.sampled_from([None, PROJECTOR]),
}
workloads = st.builds(Workload, **SETTINGS)
