"""Several cards: their memory adds up, their speed does not, and the accounting has its say."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fitpages.pages.guides.several_cards import cards_needed, several_cards
from fitpages.pages.pair import page as pair_page
from fitpages.text import figures
from tests.fitpages.catalogs import in_every_catalog
from tests.fitpages.guides import page_of


@in_every_catalog
def test_several_cards_add_memory_and_not_speed(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = catalog(snapshot)
    example = several_cards(snapshot)
    if example is None:
        return
    assert not example.single.fits
    pair, rows = page_of(snapshot, example.single.address)
    assert not rows[example.single.quant].fits_exactly
    usable = rule_of_thumb.usable_bytes(pair.gpu.spec)
    for count, row in enumerate(example.rows, start=1):
        assert (row.count, row.usable) == (str(count), figures.memory(usable * count))
        best = next(
            (
                quant
                for worth in (True, False)
                for quant in snapshot.quants
                if quant.spec.worth_recommending >= worth
                and rule_of_thumb.need_bytes(pair.model.spec, quant.spec) <= usable * count
            ),
            None,
        )
        if best is None:
            assert (row.quant, row.need, row.ceiling) == ("none fits", "—", "—")
        else:
            assert row.quant == best.short_name
            assert row.need == figures.memory(rule_of_thumb.need_bytes(pair.model.spec, best.spec))
            one_card = rule_of_thumb.ceiling_tokens_s(pair.model.spec, best.spec, pair.gpu.spec)
            assert row.ceiling == figures.ceiling(one_card)


def test_the_slip_of_other_guides_is_not_ours(snapshot: Snapshot) -> None:
    """A 70B model at Q4_K_M on two cards of 24 GB: many a guide says that it fits; by the rule it does not."""
    example = several_cards(snapshot)
    assert example is not None
    assert example.answer == "Of two such cards 46 GB is usable, still too little; it takes three, with 68 GB."


def test_several_cards_are_counted_exactly_too_as_the_page_of_the_pair_does(snapshot: Snapshot) -> None:
    example = several_cards(snapshot)
    assert example is not None
    assert example.exactly == ("Counted exactly, layer by layer and with 8K tokens of context, already two hold it.")
    pair, _ = page_of(snapshot, example.single.address)
    fix = next(fix for fix in pair_page.build(snapshot, pair).fixes if fix.name == "A second card")
    assert fix.text.startswith(f"2 × {pair.gpu.name}: {example.single.quant} ")


@pytest.mark.parametrize(("need", "cards"), [("22.8", 1), ("22.8000001", 2), ("45.6", 2), ("45.7", 3)])
def test_as_many_cards_as_it_takes_and_not_one_more(snapshot: Snapshot, need: str, cards: int) -> None:
    gpu = snapshot.gpus["rtx-3090"].spec
    assert cards_needed(Decimal(need) * 10**9, gpu) == cards
