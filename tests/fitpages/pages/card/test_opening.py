"""How a machine's page opens: its headline, its sentences, its facts, its title and description."""

import datetime
from collections.abc import Sequence

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.beside import USUAL
from fitpages.matching.picks import MachinePick, picks
from fitpages.pages.card import opening
from fitpages.pages.card.opening import HeadlinePart
from fitpages.site import Link
from tests.fitpages.pages.card.catalogs import scored_catalog
from tests.published import published_gpu
from tests.small_catalog import snapshot_of

TODAY = datetime.date(2026, 11, 1)


@pytest.fixture
def scored() -> Snapshot:
    return scored_catalog()


def picked(snapshot: Snapshot, gpu: str = "rtx-24") -> Sequence[MachinePick]:
    return picks(snapshot, snapshot.gpus[gpu], USUAL)


def part(name: str, rest: str) -> HeadlinePart:
    return HeadlinePart(Link(name, ""), rest)


def test_a_model_for_several_uses_is_named_once(small: Snapshot) -> None:
    (only,) = opening.headline(picked(small, "rtx-8"))
    assert only.rest == "for most things, code and long documents"


def test_ram_adds_the_better_coder_first(scored: Snapshot) -> None:
    with_ram = picked(scored, "rtx-8")
    assert opening.ram_sentence(with_ram).startswith("With 32 GB of RAM beside it Mixture 30B runs too, at about ")
    coder = [pick._replace(use="code") if pick.with_ram else pick for pick in with_ram]
    assert " is the better coder, at about " in opening.ram_sentence(coder)
    assert opening.ram_sentence([pick for pick in with_ram if not pick.with_ram]) == ""


def test_a_sentence_says_that_picks_are_slow_only_where_all_are(scored: Snapshot) -> None:
    enough = picked(scored)
    assert opening.slow_sentence(enough) == ""
    slow = [pick._replace(is_enough=False) for pick in enough]
    assert opening.slow_sentence(slow).startswith("It is the strongest that runs, with ")
    assert opening.slow_sentence([]) == ""


def test_facts_are_memory_and_what_is_left_bandwidth_power_and_price(scored: Snapshot) -> None:
    facts = dict(opening.short_facts(scored, scored.gpus["rtx-24"], TODAY))
    assert facts["Memory"] == "24 GiB GDDR6X, 22.5 GiB left for a model"
    assert facts["Bandwidth"] == "1,008 GB/s"
    assert facts["Power"] == "300 W"
    assert facts["Price"].startswith("$1,599 at launch, May 2023")
    assert "Rent" not in facts


def test_what_is_not_known_is_said_to_be() -> None:
    bare = published_gpu("Bare 8", memory_gb=8, bandwidth_gb_s=300, power_w=None, launch_price_usd=None)
    facts = dict(opening.short_facts(snapshot_of(gpus=[bare]), bare, TODAY))
    assert (facts["Power"], facts["Price"]) == ("not known", "not known")


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["A 8B", "B 8B"], "What to run on RTX 24: A 8B, B 8B"),
        (["A long name of a model 8B", "Another long name 8B"], "What to run on RTX 24: A long name of a model 8B"),
        (["A name of a model that is longer than any that there is"], "What to run on RTX 24"),
        ([], "What to run on RTX 24"),
    ],
)
def test_a_title_has_as_many_names_as_there_is_room_for(scored: Snapshot, names: list[str], title: str) -> None:
    assert opening.title(scored.gpus["rtx-24"], [part(name, "for code") for name in names]) == title
    assert len(title) <= opening.MOST_TITLE


def test_a_description_ends_with_how_many_run(scored: Snapshot) -> None:
    gpu = scored.gpus["rtx-24"]
    parts = [part("A" * 60, "for most things"), part("B" * 60, "for code")]
    of_one = opening.description(gpu, parts, ("4", "6"))
    assert of_one == f"RTX 24: {'A' * 60} for most things. 4 of 6 models run on its 22.5 GiB."
    assert opening.description(gpu, [], ("0", "6")) == "RTX 24: 0 of 6 models run on its 22.5 GiB."
