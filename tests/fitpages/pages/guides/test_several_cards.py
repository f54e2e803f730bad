"""Several cards: by the rule of thumb, and as they are counted."""

from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fit import placement, speed
from fit.advice import advised_bytes
from fitpages.matching.answers import answer, candidates
from fitpages.matching.pairs import find_pair
from fitpages.pages.guides import local as local_guide
from fitpages.pages.guides.pair_figures import pair_figures
from fitpages.pages.guides.several_cards import MOST_CARDS, cards_needed, several_cards
from fitpages.pages.pair import page as pair_page
from fitpages.text import figures
from tests.published import published_gpu
from tests.small_catalog import snapshot_of


def test_each_number_of_cards_is_counted_at_the_default_with_the_longest_context_that_they_hold(
    small: Snapshot,
) -> None:
    example = several_cards(small)
    assert example
    card, of_model = small.gpus["rtx-24"], candidates(small, small.models["large-70b"])
    accounting, contexts = of_model.default.accounting, []
    assert accounting
    for count, row in enumerate(example.rows, start=1):
        offers = [advised_bytes(card.spec)] * count
        held = [
            context for context in of_model.contexts if placement.holds(of_model.default.accounting, offers, context)
        ]
        contexts.append(held[0] if held else 0)
        assert (row.count, row.leave) == (str(count), figures.bare_gibibytes(card.spec.offer.total_bytes * count))
        if held:
            estimate = speed.decode(accounting, card.spec, held[0], cards=count)
            assert (row.context, row.tokens_s) == (figures.tokens(held[0]), figures.expected(estimate.tokens_s))
        else:
            assert (row.context, row.tokens_s) == ("—", "—")
    assert len(example.rows) == MOST_CARDS
    assert contexts[0] == 0 < contexts[-1], "One card does not hold it, all of them do."


def test_one_card_has_the_answer_of_its_page(small: Snapshot) -> None:
    example = several_cards(small)
    assert example
    single = answer(small, small.models["large-70b"], small.gpus["rtx-24"])
    assert example.single == pair_figures(single)
    assert example.pairs == (example.single,)


def test_the_rule_and_the_accounting_each_say_how_many(small: Snapshot) -> None:
    example = several_cards(small)
    assert example
    assert (example.level, example.need) == ("Q4_K_M", "47 GB")
    assert example.answer == "Of two such cards 46 GB is usable, still too little; it takes three, with 68 GB."
    enough = next(place for place, row in enumerate(example.rows, start=1) if row.context != "—")
    words = {2: "already two hold it.", 3: "it takes three as well."}
    assert example.exactly == f"Counted exactly, layer by layer and with 8K tokens of context, {words[enough]}"


@pytest.mark.parametrize("memory_gb", [48, 96], ids=["by the accounting", "by both"])
def test_a_card_that_holds_it_is_no_example(memory_gb: int) -> None:
    mib = {"reported_mib": memory_gb * 1010, "reported_by": "cuda"}
    roomy = published_gpu("RTX Roomy", memory_gb=memory_gb, bandwidth_gb_s=1008, **mib)
    assert several_cards(snapshot_of(gpus=[roomy])) is None


def test_without_tensors_a_model_or_a_card_there_is_no_example(small: Snapshot) -> None:
    closed = small.models["closed-100b"]
    assert several_cards(snapshot_of(models=[closed])) is None
    assert several_cards(snapshot_of(models=[])) is None
    assert several_cards(snapshot_of(gpus=[small.gpus["mac-64"]])) is None


@pytest.mark.parametrize(("need", "cards"), [("22.8", 1), ("22.8000001", 2), ("45.6", 2), ("45.7", 3)])
def test_by_the_rule_it_takes_as_many_cards_as_it_takes_and_not_one_more(
    small: Snapshot, need: str, cards: int
) -> None:
    assert cards_needed(Decimal(need) * 10**9, small.gpus["rtx-24"].spec) == cards


def test_several_cards_are_counted_exactly_too_as_the_page_of_the_pair_does(snapshot: Snapshot) -> None:
    example = local_guide.build(snapshot).several
    assert example is not None
    assert example.exactly == ("Counted exactly, layer by layer and with 8K tokens of context, already two hold it.")
    pair = find_pair(snapshot, example.single.address.split("/")[2])
    assert pair
    gain = next(gain for gain in pair_page.build(snapshot, pair).gains if gain.name == f"A second {pair.gpu.name}")
    assert gain.pieces[0].text.startswith("Q4_K_M with ")
