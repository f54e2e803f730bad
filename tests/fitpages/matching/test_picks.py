"""Picks: the editors' where they hold on this very machine, else the strongest that does."""

import datetime
from typing import Any

import pytest

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.beside import USUAL
from fitpages.matching.picks import MachinePick, memory_class, picks, proposed, usual_picks
from tests.published import dense, mixture_of_experts, published_gpu, published_model
from tests.scored import PICKED_ON, downloads, pick, scores
from tests.small_catalog import snapshot_of

B = 1_000_000_000
CARD = published_gpu(
    "RTX 12", memory_gb=12, bandwidth_gb_s=600, reported_mib=12000, reported_by="cuda", drives_display=True
)


def model(name: str, uses: tuple[str, ...] = ("chat",), size: float = 8, **facts: Any) -> PublishedModel:
    layers = max(2, round(size * 4))
    architecture = dense(layers=layers, width=4096, heads=32, feed_forward=14336)
    released = {"release_date": datetime.date(2026, 1, 1)}
    return published_model(name, int(size * B), architecture, uses=uses, **{**released, **facts})


def of(snapshot: Snapshot, gpu: PublishedGpu = CARD, **kinds: Any) -> dict[str, MachinePick]:
    return {pick.name: pick for pick in picks(snapshot, gpu, kinds.get("ram"))}


def catalog(*models: PublishedModel, **facts: Any) -> Snapshot:
    return snapshot_of(models=models, gpus=[CARD], benchmarks=(), **facts)


def test_the_strongest_for_all_uses_that_does() -> None:
    snapshot = catalog(model("Weak 8B"), model("Strong 8B"), scores_of=scores(weak_8b=1200, strong_8b=1300))
    all_round = of(snapshot)["All-round"]
    assert all_round.model.slug == "strong-8b"
    assert all_round.reason == "The strongest for all uses by our estimate."
    assert all_round.picked_on is None
    assert all_round.is_enough


def test_a_stronger_one_that_leaves_too_little_context_is_not_picked() -> None:
    snapshot = catalog(model("Small 8B"), model("Wide 14B", size=17), scores_of=scores(small_8b=1200, wide_14b=1400))
    assert of(snapshot)["All-round"].model.slug == "small-8b"


def test_models_that_are_not_common_are_not_picked() -> None:
    rare = model("Rare 8B", common=False)
    snapshot = catalog(model("Plain 8B"), rare, scores_of=scores(plain_8b=1200, rare_8b=1400))
    assert {pick.model.slug for pick in of(snapshot).values()} == {"plain-8b"}


def test_editors_stand_before_the_rule_where_their_pick_does() -> None:
    models = (model("Ours 8B"), model("Theirs 8B"))
    rated = scores(ours_8b=1300, theirs_8b=1200)
    snapshot = catalog(*models, scores_of=rated, picks=(pick("all-round", 12, "theirs-8b"),))
    all_round = of(snapshot)["All-round"]
    assert (all_round.model.slug, all_round.picked_on) == ("theirs-8b", PICKED_ON)
    assert all_round.reason == "Editors tried it."
    (first, *_) = proposed(snapshot, CARD, None)
    assert first.model.slug == "ours-8b"


@pytest.mark.parametrize(
    ("of_class", "model_slug"), [(24, "theirs-8b"), (12, "wide-14b"), (12, "rare-8b"), (12, "nothing-8b")]
)
def test_a_pick_of_another_class_or_that_does_not_do_here_gives_way(of_class: int, model_slug: str) -> None:
    models = (model("Ours 8B"), model("Theirs 8B"), model("Wide 14B", size=17), model("Rare 8B", common=False))
    rated = scores(ours_8b=1300, theirs_8b=1200)
    snapshot = catalog(*models, scores_of=rated, picks=(pick("all-round", of_class, model_slug),))
    assert of(snapshot)["All-round"].model.slug == "ours-8b"


def test_of_equals_the_newer_then_one_not_picked_yet_then_the_most_taken() -> None:
    old = model("Old 8B", release_date=datetime.date(2024, 1, 1))
    models = (old, model("Liked 8B", ("chat", "vision")), model("Seen 8B", ("chat", "vision")))
    snapshot = catalog(
        *models,
        scores_of=scores(old_8b=1305, liked_8b=1300, seen_8b=1299),
        popularity_of=downloads(old_8b=9_000_000, liked_8b=5_000_000, seen_8b=1000),
    )
    of_card = of(snapshot)
    assert of_card["All-round"].model.slug == "liked-8b"
    assert of_card["Pictures"].model.slug == "seen-8b"
    assert of_card["All-round"].reason.endswith("by our estimate, one of several about as strong.")


def test_a_much_smaller_one_is_no_equal_and_a_successor_stands_before_what_it_succeeds() -> None:
    models = (model("Large 8B", successor="next-8b"), model("Next 8B"), model("Tiny 4B", size=4))
    snapshot = catalog(
        *models,
        scores_of=scores(large_8b=1300, next_8b=1300, tiny_4b=1299),
        popularity_of=downloads(large_8b=10**7, next_8b=10, tiny_4b=10**7),
    )
    assert of(snapshot)["All-round"].model.slug == "next-8b"


def test_code_is_of_models_made_for_it_unless_others_are_well_ahead() -> None:
    models = (model("General 8B"), model("Coder 8B", ("code",)))
    near = catalog(*models, scores_of=scores(general_8b=1300, coder_8b=1200))
    far = catalog(*models, scores_of=scores(general_8b=1300, coder_8b=1199))
    assert of(near)["Code"].model.slug == "coder-8b"
    assert of(far)["Code"].model.slug == "general-8b"
    assert of(far)["Code"].reason == "Well ahead of all that was made for code by our estimate."
    assert of(near)["Reasoning"].reason.startswith("Nothing made to reason does so well here")


def test_what_no_board_lists_is_said_to_be_so() -> None:
    models = (model("General 8B"), model("Coder 8B", ("code",)))
    snapshot = catalog(*models, scores_of=scores(general_8b=1300))
    assert "no board lists it" in of(snapshot)["Code"].reason


def test_long_documents_are_for_64k_or_more_else_the_longest() -> None:
    brief = model("Brief 8B", native_context=16384)
    longer = model("Long 4B", size=4)
    snapshot = catalog(brief, longer, scores_of=scores(brief_8b=1400, long_4b=1200))
    assert of(snapshot)["Long documents"].longest >= 64 * 1024
    only_brief = catalog(brief, model("Briefer 8B", native_context=8192), scores_of=scores(brief_8b=1, briefer_8b=2))
    long = of(only_brief)["Long documents"]
    assert (long.model.slug, long.longest) == ("brief-8b", 16384)
    assert long.reason == "It holds the longest context of what runs here."


def test_fast_is_60_tokens_per_second_or_the_fastest_quarter() -> None:
    models = (model("Slow 8B"), model("Quick 4B", size=4))
    snapshot = catalog(*models, scores_of=scores(slow_8b=1400, quick_4b=1200))
    fast = of(snapshot)["Fast"]
    assert (fast.model.slug, fast.run.tokens_s >= 60) == ("quick-4b", True)
    slow_card = published_gpu("RTX 12S", memory_gb=12, bandwidth_gb_s=200, reported_mib=12000, reported_by="cuda")
    fast = of(snapshot, slow_card)["Fast"]
    assert (fast.model.slug, fast.run.tokens_s < 60) == ("quick-4b", True)


def test_a_machine_too_slow_for_any_gets_the_strongest_that_runs_and_says_so() -> None:
    slow_card = published_gpu("Old 12", memory_gb=12, bandwidth_gb_s=60, reported_mib=12000, reported_by="cuda")
    snapshot = catalog(model("Weak 8B"), model("Strong 8B"), scores_of=scores(weak_8b=1200, strong_8b=1300))
    all_round = of(snapshot, slow_card)["All-round"]
    assert all_round.run.tokens_s < 15
    assert (all_round.model.slug, all_round.is_enough) == ("strong-8b", False)


def mixture(name: str, uses: tuple[str, ...]) -> PublishedModel:
    facts = {"active_parameters": 3 * B, "mixture_of_experts": True, "release_date": datetime.date(2026, 1, 1)}
    return published_model(name, 30 * B, mixture_of_experts(), uses=uses, **facts)


def test_with_ram_stands_what_the_card_does_not_hold() -> None:
    models = (
        model("Small 8B"),
        model("Coder 8B", ("code",)),
        mixture("Mix 30B", ("chat",)),
        mixture("Mc 30B", ("code",)),
    )
    rated = scores(small_8b=1300, coder_8b=1300, mix_30b=1200, mc_30b=1350)
    of_card = of(catalog(*models, scores_of=rated), ram=USUAL)
    assert of_card["Large, with RAM"].model.slug == "mix-30b"
    assert of_card["Code, with RAM"].model.slug == "mc-30b"
    assert of_card["Code, with RAM"].run.ram_bytes > 0
    assert [pick.name for pick in of_card.values() if pick.with_ram] == ["Code, with RAM", "Large, with RAM"]
    weaker = scores(small_8b=1300, coder_8b=1300, mix_30b=1200, mc_30b=1290)
    assert "Code, with RAM" not in of(catalog(*models, scores_of=weaker), ram=USUAL)


def test_without_ram_there_is_none_of_it(small: Snapshot) -> None:
    assert not any(pick.with_ram for pick in picks(small, small.gpus["rtx-8"], None))


def test_the_usual_ram_is_beside_cards_and_beside_no_pool(small: Snapshot) -> None:
    card, pool = small.gpus["rtx-8"], small.gpus["mac-64"]
    assert usual_picks(small, card) == picks(small, card, USUAL)
    assert any(pick.with_ram for pick in usual_picks(small, card))
    assert usual_picks(small, pool) == picks(small, pool, None)


def test_of_one_pool_the_largest_is_named_once() -> None:
    pool = published_gpu("Pool 128", memory_gb=128, bandwidth_gb_s=600, unified_memory=True, reported_mib=120000)
    models = (model("Small 8B"), mixture("Mix 30B", ("chat",)))
    snapshot = catalog(*models, scores_of=scores(small_8b=1300, mix_30b=1200))
    assert of(snapshot, pool)["Large"].model.slug == "mix-30b"
    assert "Code, with RAM" not in of(snapshot, pool)
    stronger = catalog(*models, scores_of=scores(small_8b=1200, mix_30b=1300))
    assert "Large" not in of(stronger, pool)


def test_nothing_runs_nothing_is_picked() -> None:
    tiny = published_gpu("Tiny 1", memory_gb=1, bandwidth_gb_s=30)
    assert picks(catalog(model("Small 8B")), tiny, None) == ()


@pytest.mark.parametrize(
    ("gb", "unified", "expected"),
    [
        *[(6, False, 0), (8, False, 8), (11, False, 8), (20, False, 16), (47, False, 32), (48, False, 0)],
        *[(48, True, 0), (64, True, 64), (96, True, 64), (128, True, 128), (192, True, 0)],
    ],
)
def test_a_class_ends_where_the_next_begins(gb: int, unified: bool, expected: int) -> None:
    assert memory_class(published_gpu("Any", memory_gb=gb, bandwidth_gb_s=100, unified_memory=unified)) == expected
