"""What a reader of a model may want instead: its successor, its family, common models that are about as strong."""

from types import MappingProxyType

from catalog.snapshot import PublishedModel, Snapshot
from fitpages.matching import relatives
from tests.fitpages.markets import published_popularity, published_score
from tests.published import dense, published_model
from tests.small_catalog import four_models, snapshot_of

ARENA = "Arena text"


def model(name: str, billions: int = 8, **overrides: object) -> PublishedModel:
    layers = dense(layers=32 + billions, width=4096, heads=32, feed_forward=14336)
    return published_model(name, billions * 10**9, layers, **overrides)


def with_scores(models: list[PublishedModel], **scores: int) -> Snapshot:
    by_model = {slug.replace("_", "-"): (published_score(ARENA, str(score)),) for slug, score in scores.items()}
    return snapshot_of(models=models, scores_of=MappingProxyType(by_model))


def test_the_successor_is_found_by_its_slug_of_then_or_of_now() -> None:
    old = model("Old 8B", successor="small-8b")
    former = model("Older 8B", successor="small-8")
    gone = model("Lost 8B", successor="nobody")
    snapshot = snapshot_of(models=[*four_models(), old, former, gone])
    assert relatives.successor(snapshot, old) is snapshot.models["small-8b"]
    assert relatives.successor(snapshot, former) is snapshot.models["small-8b"]
    assert relatives.successor(snapshot, gone) is None
    assert relatives.successor(snapshot, snapshot.models["small-8b"]) is None


def test_a_family_is_told_by_its_most_taken_the_smallest_first() -> None:
    members = [model(f"Kin {size}B", size) for size in range(1, 10)]
    counts = {member.slug: published_popularity(downloads=1000 * member.spec.parameters) for member in members}
    snapshot = snapshot_of(models=members, popularity_of=MappingProxyType(counts))
    shown = relatives.family(snapshot, members[8])
    assert [other.name for other in shown] == [f"Kin {size}B" for size in range(3, 9)]


def test_near_are_common_models_about_as_strong_the_nearest_first() -> None:
    models = [model(name) for name in ("Own A", "Near B", "Nearer C", "Far D")]
    rare = model("Rare E", common=False)
    code = model("Code F", uses=("code",))
    snapshot = with_scores(
        [*models, rare, code], own_a=1300, near_b=1340, nearer_c=1290, far_d=1400, rare_e=1300, code_f=1300
    )
    assert [other.name for other in relatives.near(snapshot, models[0])] == ["Nearer C", "Near B"]


def test_what_another_took_the_place_of_is_not_offered_nor_a_model_of_the_family_nor_a_twin() -> None:
    own, old, new = model("Own A"), model("Old B", successor="new-c"), model("New C")
    kin = model("Own Z")
    twin = model("Twin T", architecture_digest="own-a")
    snapshot = with_scores([own, old, new, kin, twin], own_a=1300, old_b=1300, new_c=1300, own_z=1300, twin_t=1300)
    assert [other.name for other in relatives.near(snapshot, own)] == ["New C"]


def test_without_a_strength_nothing_is_near() -> None:
    own, other = model("Own A"), model("Near B")
    assert relatives.near(with_scores([own, other], near_b=1300), own) == ()
