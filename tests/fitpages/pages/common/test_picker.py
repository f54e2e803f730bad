"""A picker offers every model by family and every GPU by kind."""

from catalog.snapshot import Snapshot
from fitpages.pages.common.picker import ChoiceGroup, gpu_groups, model_groups
from tests.published import published_model
from tests.small_catalog import snapshot_of


def slugs(groups: tuple[ChoiceGroup, ...]) -> list[tuple[str, list[str]]]:
    return [(group.label, [choice.value for choice in group.choices]) for group in groups]


def test_models_stand_under_their_family_the_smallest_first() -> None:
    models = [published_model(name, size, None) for name, size in (("Big 9B", 9), ("ant 3B", 3), ("Big 2B", 2))]
    assert slugs(model_groups(snapshot_of(models=models))) == [("ant", ["ant-3b"]), ("Big", ["big-2b", "big-9b"])]


def test_gpus_stand_under_vendor_and_kind_by_name(small: Snapshot) -> None:
    assert slugs(gpu_groups(small)) == [
        ("AMD: Laptop", ["rx-16-laptop"]),
        ("Apple: Apple", ["mac-64"]),
        ("NVIDIA: Consumer", ["rtx-24", "rtx-8"]),
        ("NVIDIA: Data center", ["h80"]),
    ]


def test_what_was_chosen_is_marked(small: Snapshot) -> None:
    groups = gpu_groups(small, "h80")
    assert [choice.value for group in groups for choice in group.choices if choice.chosen] == ["h80"]
    assert not any(choice.chosen for group in model_groups(small) for choice in group.choices)
