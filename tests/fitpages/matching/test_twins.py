"""Models of one architecture, and GPUs of one memory and bandwidth, are twins, and what differs is said."""

import datetime
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.machine import Machine
from fit.speed_constants import load_constants
from fitpages import addresses
from fitpages.matching.twins import SHOWN, gpu_family, gpu_twins, model_family, model_twins
from tests.published import published_file, published_gpu, published_model
from tests.small_catalog import snapshot_of

TWO = ("small-8b", "other-8b")


def twin_model(name: str, **facts: object) -> PublishedModel:
    return published_model(name, 8 * 10**9, None, architecture_digest="same", **facts)


def twin_gpu(name: str, **facts: object) -> PublishedGpu:
    return published_gpu(name, memory_gb=24, bandwidth_gb_s=900, **facts)


def model_differences(own: PublishedModel, *others: PublishedModel) -> list[tuple[str, str]]:
    snapshot = snapshot_of(models=(own, *others))
    return [(twin.name, twin.differs) for twin in model_twins(snapshot, own, addresses.model)]


def gpu_differences(own: PublishedGpu, *others: PublishedGpu) -> list[tuple[str, str]]:
    snapshot = snapshot_of(gpus=(own, *others))
    return [(twin.name, twin.differs) for twin in gpu_twins(snapshot, own, addresses.gpu)]


def test_a_twin_leads_to_its_own_page() -> None:
    own, other = twin_model("Own 8B"), twin_model("Other 8B")
    (twin,) = model_twins(snapshot_of(models=(own, other)), own, addresses.model)
    assert (twin.name, twin.address) == ("Other 8B", "/models/other-8b/")


def test_what_differs_is_said_in_full() -> None:
    own = twin_model("Own 8B", vendor="One", licence="MIT", native_context=32768)
    other = twin_model(
        "Other 8B", vendor="Two", licence="Apache 2.0", native_context=131072, release_date=datetime.date(2025, 1, 2)
    )
    assert model_differences(own, other) == [
        (
            "Other 8B",
            "from Two instead of One; licence Apache 2.0 instead of MIT; context 128K instead of 32K; "
            "released 2 January 2025 instead of 23 July 2024",
        )
    ]


def test_what_is_unknown_on_one_side_does_not_differ() -> None:
    own = twin_model("Own 8B", licence="", native_context=None, release_date=None)
    assert model_differences(own, twin_model("Other 8B")) == [("Other 8B", "no difference that the catalog knows")]


def test_cards_differ_in_kind_memory_power_price_and_release() -> None:
    own = twin_gpu("RTX 24", power_w=350, launch_price_usd=Decimal(1999))
    other = twin_gpu("RTX 24 Ti", segment="laptop", memory_type="GDDR7", power_w=175, launch_price_usd=Decimal(2499))
    assert gpu_differences(own, other) == [
        (
            "RTX 24 Ti",
            "laptop instead of consumer; GDDR7 instead of GDDR6X; 175 W instead of 350 W; "
            "launched at $2,499 instead of $1,999",
        )
    ]


@pytest.mark.parametrize(
    "facts", [{"unified_memory": True}, {"usable_share": Decimal("0.5")}], ids=lambda facts: next(iter(facts))
)
def test_other_figures_are_no_twins(facts: dict[str, object]) -> None:
    assert gpu_differences(twin_gpu("RTX 24"), twin_gpu("RTX 24 B", **facts)) == []


def test_another_architecture_of_the_same_size_is_no_twin() -> None:
    other = published_model("Other 8B", 8 * 10**9, None, architecture_digest="another")
    assert model_differences(twin_model("Own 8B"), other) == []


def test_a_model_whose_file_is_larger_than_its_mix_is_no_twin(small: Snapshot) -> None:
    own = small.models["small-8b"]
    other = replace(own, slug="other-8b", name="Other 8B")
    larger = published_file(size_bytes=6_000_000_000)
    for files, twins in (
        ({}, ["Other 8B"]),
        ({"small-8b": (larger,)}, []),
        (dict.fromkeys(TWO, (larger,)), ["Other 8B"]),
    ):
        snapshot = snapshot_of(models=(own, other), files_of=MappingProxyType(files))
        assert [twin.name for twin in model_twins(snapshot, own, addresses.model)] == twins


def test_the_three_nearest_in_release_are_shown_and_those_without_a_date_last() -> None:
    days = {"A 8B": 1, "B 8B": 30, "C 8B": 3, "D 8B": 2}
    start = datetime.date(2024, 7, 23)
    others = [twin_model(name, release_date=start + datetime.timedelta(days=days[name])) for name in days]
    undated = twin_model("Undated 8B", release_date=None)
    names = [name for name, _ in model_differences(twin_model("Own 8B"), undated, *others)]
    assert len(names) == SHOWN
    assert names == ["A 8B", "D 8B", "C 8B"]
    assert [name for name, _ in model_differences(twin_model("Own 8B"), undated, others[1])] == ["B 8B", "Undated 8B"]


def test_twins_are_of_one_family_and_others_of_their_own() -> None:
    models = twin_model("B 8B"), twin_model("A 8B"), published_model("C 9B", 9 * 10**9, None)
    gpus = twin_gpu("RTX B"), twin_gpu("RTX A"), published_gpu("RTX C", memory_gb=24, bandwidth_gb_s=901)
    snapshot = snapshot_of(models=models, gpus=gpus)
    assert [model_family(snapshot, model) for model in models] == ["b-8b", "b-8b", "c-9b"]
    assert [gpu_family(snapshot, gpu) for gpu in gpus] == ["rtx-b", "rtx-b", "rtx-c"]


def test_a_card_that_was_measured_has_a_speed_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    constants = load_constants()
    machines = {**constants.machines, "rtx-a": Machine(factor=0.8, models=2)}
    gpus = twin_gpu("RTX A"), twin_gpu("RTX B")
    assert gpu_differences(*gpus) != []
    monkeypatch.setattr("fitpages.matching.twins.load_constants", lambda: replace(constants, machines=machines))
    assert gpu_differences(*gpus) == []
