"""The page of a pair leads on to other GPUs and models, each with the quantization that fits there."""

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.fits import wanted_card
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.links import RELATED, gpu_links, model_links
from fitpages.site import Link
from tests.fitpages.levels import with_between


def test_other_gpus_are_said_with_what_fits_there(small: Snapshot) -> None:
    model = small.models["large-70b"]
    assert gpu_links(small, Pair(model, small.gpus["rtx-24"]), wanted_card(small, model)) == (
        Link("RTX 8", "/run/large-70b-on-rtx-8/", "does not fit"),
        Link("Mac 64", "/run/large-70b-on-mac-64/", "Q5_K_M"),
        Link("H80", "/run/large-70b-on-h80/", "Q6_K"),
    )


def test_other_models_are_said_with_what_fits_here_the_smallest_first(small: Snapshot) -> None:
    assert model_links(small, Pair(small.models["large-70b"], small.gpus["rtx-24"])) == (
        Link("Small 8B", "/run/small-8b-on-rtx-24/", "Q6_K"),
        Link("Mixture 30B", "/run/mixture-30b-on-rtx-24/", "Q5_K_M"),
        Link("Closed 100B", "/run/closed-100b-on-rtx-24/", "does not fit"),
    )


def test_links_name_the_folded_level_that_the_other_page_advises() -> None:
    snapshot = with_between()
    model, gpu = snapshot.models["large-70b"], snapshot.gpus["rtx-44"]
    notes = {link.text: link.note for link in gpu_links(snapshot, Pair(model, snapshot.gpus["rtx-30"]), None)}
    assert notes["RTX 44"] == "IQ4_XS"
    others = {link.text: link.note for link in model_links(snapshot, Pair(snapshot.models["small-8b"], gpu))}
    assert others["Large 70B"] == "IQ4_XS"


def test_every_page_leads_to_pages_that_stand() -> None:
    assert {link.address for link in RELATED} <= set(addresses.STANDING_PAGES)
