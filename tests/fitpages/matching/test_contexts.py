"""A reader chooses among contexts that a model takes."""

from catalog.snapshot import Snapshot
from fitpages.matching.contexts import contexts_of
from tests.published import dense, published_model
from tests.small_catalog import snapshot_of


def test_contexts_are_those_that_the_model_takes(small: Snapshot) -> None:
    assert contexts_of(small, small.models["small-8b"]) == (8192, 16384, 32768, 65536, 131072)
    layers = dense(layers=8, width=2048, heads=16, feed_forward=4096)
    short = published_model("Short 1B", 10**9, layers, native_context=4096)
    assert contexts_of(snapshot_of(models=[short]), short) == (4096,)


def test_without_tensors_there_is_no_context_to_choose(small: Snapshot) -> None:
    assert contexts_of(small, small.models["closed-100b"]) == ()
