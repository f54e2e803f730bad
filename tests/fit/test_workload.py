"""Workloads: what a server is asked to serve at once."""

import pytest

from fit.workload import ONE_SLOT, SERVER_DEFAULT, Projector, Workload


def test_the_usual_server_has_one_slot_and_flash_attention() -> None:
    assert Workload() == ONE_SLOT
    assert (ONE_SLOT.slots, ONE_SLOT.computed_tokens, ONE_SLOT.flash_attention) == (1, 512, True)


def test_the_server_starts_four_slots_that_share_a_cache_where_nobody_says() -> None:
    assert (SERVER_DEFAULT.slots, SERVER_DEFAULT.streams, SERVER_DEFAULT.states) == (4, 1, 4)


def test_slots_divide_the_context_only_where_they_do_not_share_the_cache() -> None:
    assert Workload(slots=4).streams == 1
    assert Workload(slots=4, unified=False).streams == 4


def test_a_state_is_kept_once_more_for_each_token_that_is_proposed() -> None:
    assert Workload(slots=4, drafted_tokens=2).states == 12


@pytest.mark.parametrize(("batch", "micro_batch", "computed"), [(2048, 512, 512), (256, 512, 256), (512, 512, 512)])
def test_no_more_than_a_batch_is_computed_at_once(batch: int, micro_batch: int, computed: int) -> None:
    assert Workload(batch_tokens=batch, micro_batch_tokens=micro_batch).computed_tokens == computed


def test_a_draft_and_a_projector_are_loaded_besides() -> None:
    assert not SERVER_DEFAULT.loads_more
    assert Workload(drafted_tokens=1).loads_more
    assert Workload(projector=Projector(1)).loads_more


def test_a_projector_is_published_at_sixteen_bits_and_has_a_buffer() -> None:
    assert Projector.of_parameters(10**6) == Projector(2 * 10**6, 223 * 2**20)
