"""What a projector and draft layers take besides, in a sentence each."""

from dataclasses import replace

from catalog.snapshot import Snapshot
from fit.architecture import DraftLayers
from fit.units import MIB
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.assessed import assessed_pair
from fitpages.pages.pair.extras import DRAFTING, extras
from fitpages.text import figures
from tests.published import dense, published_model
from tests.small_catalog import snapshot_of

EIGHT = dense(layers=32, width=4096, heads=32, feed_forward=14336)


def sentences(snapshot: Snapshot, model: str) -> tuple[str, ...]:
    return extras(snapshot, assessed_pair(snapshot, Pair(snapshot.models[model], snapshot.gpus["rtx-24"])))


def test_a_model_with_neither_says_nothing(small: Snapshot) -> None:
    assert sentences(small, "small-8b") == ()
    assert sentences(small, "closed-100b") == ()


def test_a_projector_is_its_file_and_its_buffer() -> None:
    seeing = published_model("Seeing 8B", 8_030_261_248, EIGHT, tower_parameters=10**9, modalities="text, image")
    more = figures.counted(2 * 10**9 + 223 * MIB)
    assert sentences(snapshot_of(models=[seeing]), "seeing-8b") == (
        f"To read pictures takes {more} more: a projector, which is a file of its own (--mmproj).",
    )
    hearing = published_model("Hearing 8B", 8_030_261_248, EIGHT, tower_parameters=10**9, modalities="text, audio")
    assert sentences(snapshot_of(models=[hearing]), "hearing-8b") == ()


def test_draft_layers_take_what_the_server_takes_more_with_them() -> None:
    drafting = replace(EIGHT, mtp=DraftLayers(blocks=(replace(EIGHT.blocks[0], n=1),)))
    snapshot = snapshot_of(models=[published_model("Drafting 8B", 8_030_261_248, drafting)])
    memory = snapshot.models["drafting-8b"].spec.memory
    assert memory
    alone, with_drafts = memory.at("Q6_K"), memory.with_draft_layers.at("Q6_K")
    assert alone
    assert with_drafts
    more_bytes = with_drafts.total(8192, workload=DRAFTING) - alone.total(8192)
    assert more_bytes > with_drafts.weights.draft_bytes > 100 * 10**6
    assert sentences(snapshot, "drafting-8b") == (
        f"Draft layers, which guess tokens ahead, take {figures.counted(more_bytes)} more where the file has them and "
        "they are loaded (--spec-type draft-mtp).",
    )
