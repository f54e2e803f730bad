"""Workloads: what a server is asked to serve at once."""

from fit.workload import ONE_SLOT, Workload


def test_the_usual_server_has_one_slot_and_flash_attention() -> None:
    assert Workload() == ONE_SLOT
    assert (ONE_SLOT.slots, ONE_SLOT.batch_tokens, ONE_SLOT.flash_attention) == (1, 512, True)


def test_slots_divide_the_context_only_where_they_do_not_share_the_cache() -> None:
    assert Workload(slots=4).streams == 1
    assert Workload(slots=4, unified=False).streams == 4
