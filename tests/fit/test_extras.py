"""What is loaded beside a model."""

from fit.architecture import DraftLayers
from fit.extras import DRAFTED_TOKENS, draft_parts, longest_context_beside, projector_parts
from fit.kv_cache import CacheType
from fit.memory import Parts
from tests.fit.accountings import accounting
from tests.fit.architectures import RECURRENT, architecture, group, layout

DRAFT = DraftLayers(blocks=(group(n=1),))


def test_a_draft_block_has_weights_a_cache_and_a_buffer_of_its_own() -> None:
    accounted = accounting(architecture(mtp=DRAFT, gguf=layout(draft_layers_in_file=True)))
    parts = draft_parts(accounted, 8192)
    assert parts.weights_bytes == accounted.weights.draft_bytes > 0
    assert parts.cache_bytes == 2 * 2 * 8192 * 128
    assert parts.compute_bytes == accounted.graphs[CacheType.F16].size_bytes(8192)
    assert draft_parts(accounted, 8192, pipeline=True).compute_bytes == (
        parts.compute_bytes + 3 * 2 * 512 * 8192 + 32 * 512 * 512
    )


def test_the_longest_context_counts_a_state_more_for_each_token_that_is_proposed() -> None:
    drafted = architecture(blocks=RECURRENT.blocks, mtp=DRAFT, gguf=layout(draft_layers_in_file=True))
    accounted = accounting(drafted)
    states = DRAFTED_TOKENS * accounted.caches[CacheType.F16].state_bytes
    needed = accounted.total(4096) + states + draft_parts(accounted, 4096).total_bytes
    assert longest_context_beside(accounted, needed) == 4096
    assert longest_context_beside(accounted, needed - 1) == 4096 - 256


def test_a_file_without_a_draft_block_runs_none() -> None:
    assert draft_parts(accounting(architecture(mtp=DRAFT)), 8192) == Parts(0, 0, 0)


def test_a_projector_is_loaded_at_sixteen_bits_with_a_buffer() -> None:
    assert projector_parts(10**6) == Parts(2 * 10**6, 0, 223 * 2**20)


def test_the_longest_context_leaves_room_for_what_is_loaded_beside_the_model() -> None:
    accounted = accounting(architecture(mtp=DRAFT, gguf=layout(draft_layers_in_file=True)))
    needed = accounted.total(4096) + draft_parts(accounted, 4096).total_bytes + 1000
    assert longest_context_beside(accounted, needed, projector_bytes=1000) == 4096
    assert longest_context_beside(accounted, needed - 1, projector_bytes=1000) == 4096 - 256
    assert longest_context_beside(accounted, 1000) == 0
    assert longest_context_beside(accounted, 10**12) == accounted.context_limit
    alone = accounting(architecture())
    assert longest_context_beside(alone, alone.total(8192)) == alone.longest_context(alone.total(8192)) == 8192
