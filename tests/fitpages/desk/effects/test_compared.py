"""Two pictures held against each other: how many pages change, which verdicts flip, what search engines are told."""

from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fit.verdict import Kind
from fitpages.desk.effects.affected import affected
from fitpages.desk.effects.compared import Effects, Kinds, compare
from fitpages.matching.answers import answer
from fitpages.matching.indexing import worth_indexing
from fitpages.matching.pairs import Pair
from tests.fitpages.desk.effects.changed import CHANGES, with_gpu, with_model, with_quant, without
from tests.small_catalog import small_catalog


def effects_of(after: Snapshot, before: Snapshot | None = None) -> Effects:
    before = before or small_catalog()
    return compare(before, after, affected(before, after).pairs())


def test_a_slower_card_makes_everything_on_it_slower_and_flips_what_was_just_fast_enough() -> None:
    effects = effects_of(with_gpu("rtx-24", bandwidth_gb_s=Decimal(5)))
    assert (effects.pairs, effects.changed) == (4, 3)
    assert effects.flipped == len(effects.flips) > 0
    flip = next(flip for flip in effects.flips if flip.name == "Small 8B on RTX 24")
    assert flip.address == "/run/small-8b-on-rtx-24/"
    assert flip.lines[0].startswith("on the card, Q6_K, 32K, ")
    assert flip.lines[1].startswith("not in practice, ")
    assert (
        effects.sentences[0]
        == f"3 of 4 pages of pairs would give another answer; on {effects.flipped} of them the verdict flips."
    )


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_number_is_what_the_answers_and_the_gate_say(change: object) -> None:
    before, after = small_catalog(), change()  # type: ignore[operator]
    effects = effects_of(after)
    both = [
        (Pair(model, gpu), Pair(after.models[model.slug], after.gpus[gpu.slug]))
        for model in before.models.values()
        for gpu in before.gpus.values()
        if model.slug in after.models and gpu.slug in after.gpus and after.quants
    ]
    kinds = [
        (answer(before, old.model, old.gpu).verdict.kind, answer(after, new.model, new.gpu).verdict.kind)
        for old, new in both
    ]
    assert effects.flipped == sum(old is not new for old, new in kinds)
    lost = sum(worth_indexing(before, old) and not worth_indexing(after, new) for old, new in both)
    won = sum(worth_indexing(after, new) and not worth_indexing(before, old) for old, new in both)
    if not effects.vanish:
        assert (effects.no_longer_indexed, effects.newly_indexed) == (lost, won)
    assert effects.vanish == len(before.models) * len(before.gpus) - len(both)
    assert sum(kind.before for kind in effects.kinds) == sum(kind.after for kind in effects.kinds) == effects.pairs


def test_the_largest_change_stands_first(small: Snapshot) -> None:
    effects = effects_of(without("q4-k-m", "q5-k-m", "q6-k"))
    times = []
    for change in effects.needs:
        assert change.before
        assert change.after
        sizes = change.before.verdict.takes_bytes, change.after.verdict.takes_bytes
        times.append(max(sizes) / min(sizes))
    assert times == sorted(times, reverse=True)
    assert times[-1] > 1
    assert effects.needs[0].needs[0].endswith(("32K", "16K", "8K"))
    assert "tokens/s at " in effects.speeds[0].speeds[1]


def test_pages_that_go_and_that_are_new_are_counted_apart(small: Snapshot) -> None:
    gone = effects_of(without("rtx-24"))
    assert (gone.vanish, gone.appear, gone.changed, gone.pairs) == (4, 0, 0, 4)
    assert gone.sentences[0] == "4 pages would leave the site."
    assert gone.no_longer[0].lines[1] == "no page"
    new = effects_of(small, before=without("rtx-24"))
    assert (new.vanish, new.appear, new.changed) == (0, 4, 0)
    assert new.sentences[0] == "4 pages would be new."
    assert Kinds(None, 4, 0) in new.kinds
    assert [kind.name for kind in new.kinds if kind.kind is None] == ["no page"]


def test_a_model_whose_context_is_lost_is_not_for_search_engines() -> None:
    effects = effects_of(with_model("small-8b", native_context=None))
    assert effects.no_longer_indexed == 5
    assert effects.sentences[-1] == "Search engines would not be told of 5 pages any more."
    assert len(effects.no_longer) == 5


def test_a_note_changes_no_answer(small: Snapshot) -> None:
    assert effects_of(with_gpu("rtx-24", notes="New.")).sentences == []
    every = compare(small, with_gpu("rtx-24", notes="New."), affected(small, without("q4-k-m")).pairs())
    assert (every.pairs, every.changed) == (20, 0)
    assert every.sentences == ["No answer on a page of a pair would change."]


def test_a_level_of_another_name_is_read_otherwise_and_flips_nothing() -> None:
    effects = effects_of(with_quant("q6-k", name="Q6_K_X"))
    assert effects.changed > 0
    assert effects.flipped == 0
    assert effects.speeds == effects.needs == ()


def test_a_catalog_without_quantizations_has_no_pages(small: Snapshot) -> None:
    effects = effects_of(without(*small.quant_of))
    assert effects.vanish == 20
    assert {kind.kind for kind in effects.kinds if kind.after} == {None}
    assert Kind.NO in {kind.kind for kind in effects.kinds}
