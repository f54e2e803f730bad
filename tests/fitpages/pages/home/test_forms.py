"""The forms of the first page offer what people have and take, with an example chosen."""

from dataclasses import replace
from typing import Any

from catalog.snapshot import PublishedGpu, PublishedModel
from fitpages.pages.common.picker import ChoiceGroup
from fitpages.pages.home.forms import MOST_USED, Forms, forms
from tests.published import published_gpu, published_model
from tests.scored import downloads
from tests.small_catalog import five_gpus, snapshot_of


def listed(groups: tuple[ChoiceGroup, ...]) -> dict[str, list[str]]:
    return {group.label: [choice.text for choice in group.choices] for group in groups}


def chosen(groups: tuple[ChoiceGroup, ...]) -> list[str]:
    return [choice.value for group in groups for choice in group.choices if choice.chosen]


def of(gpus: list[PublishedGpu] | None = None, models: list[PublishedModel] | None = None, **facts: Any) -> Forms:
    return forms(snapshot_of(gpus=gpus, models=models, **facts))


def test_machines_are_the_common_ones_by_kind_the_smallest_first() -> None:
    assert listed(of().machines) == {"Cards": ["RTX 8", "RTX 24"], "Macs": ["Mac 64"], "Servers": ["H80"]}
    assert listed(of().any_machine) == listed(of().machines)


def test_the_example_of_a_machine_is_chosen_else_the_nearest_in_size() -> None:
    example = published_gpu("RTX 3060 12", 12, 360)
    assert chosen(of([*five_gpus(), example]).machines) == ["rtx-3060-12"]
    assert chosen(of().machines) == ["rtx-8"]
    assert chosen(of().any_machine) == []


def test_all_other_machines_may_be_typed() -> None:
    assert of().others == ("RX 16 Laptop",)


def test_models_are_the_common_ones_those_that_most_take_first() -> None:
    models = [published_model(f"Model {number}B", number * 10**9, None) for number in range(1, MOST_USED + 4)]
    models += [published_model("Rare 9B", 9 * 10**9, None, common=False)]
    replaced = replace(models[3], successor="model-2b")
    groups = of(models=[*models[:3], replaced, *models[4:]], popularity_of=downloads(model_4b=900, model_7b=500)).models
    names = listed(groups)
    assert list(names) == ["Most used", "Others in use"]
    assert names["Most used"][0] == "Model 7B"
    assert len(names["Most used"]) == MOST_USED
    assert "Model 4B" in names["Others in use"]
    assert "Rare 9B" not in [*names["Most used"], *names["Others in use"]]
    assert chosen(groups) == ["model-4b"]


def test_one_of_everything_is_chosen() -> None:
    shown = of(models=[published_model("Qwen3 32B", 32 * 10**9, None), published_model("Other 8B", 8 * 10**9, None)])
    assert chosen(shown.models) == ["qwen3-32b"]
    assert [choice.text for choice in shown.rams if choice.chosen] == ["32 GB"]
    assert [(choice.text, choice.chosen) for choice in shown.kinds] == [("DDR5", True), ("DDR4", False)]
    assert [choice.text for choice in shown.contexts if choice.chosen] == ["32K"]
    assert [choice.value for choice in shown.rams] == ["16", "32", "64", "128", "none"]


def test_an_empty_catalog_has_nothing_to_choose() -> None:
    empty = of([], [])
    assert not any((empty.machines, empty.any_machine, empty.models, empty.others))
