"""Which machine to want: one that is common, can be had, and holds the model."""

from dataclasses import replace
from decimal import Decimal

import pytest

from catalog.snapshot import PublishedGpu, Snapshot
from fit.advice import advised_bytes
from fitpages.matching.answers import answer, candidates
from fitpages.matching.machines import advised_machine, holds, wanted_card, wanted_mac
from tests.published import published_gpu
from tests.small_catalog import five_gpus, snapshot_of

BIG = {"memory_gb": 80, "bandwidth_gb_s": 900}


def advised(snapshot: Snapshot, model: str, gpu: str) -> str | None:
    machine = advised_machine(snapshot, answer(snapshot, snapshot.models[model], snapshot.gpus[gpu]))
    return machine.slug if machine else None


def mac(name: str, memory_gb: int, bandwidth_gb_s: int = 500) -> PublishedGpu:
    facts = {"vendor": "Apple", "segment": "apple", "speed_class": "apple", "unified_memory": True}
    return published_gpu(name, memory_gb, bandwidth_gb_s, usable_share=Decimal("0.72"), **facts)


@pytest.mark.parametrize(
    ("model", "gpu", "machine"),
    [
        ("small-8b", "rtx-24", None),
        ("small-8b", "rtx-8", "rtx-24"),
        ("mixture-30b", "rtx-8", "rtx-24"),
        ("large-70b", "rtx-24", "h80"),
        ("large-70b", "rx-16-laptop", "h80"),
        ("large-70b", "h80", None),
        ("closed-100b", "rtx-24", "h80"),
        ("closed-100b", "mac-64", None),
    ],
)
def test_it_is_the_smallest_that_holds_the_default_with_32k_or_none(
    small: Snapshot, model: str, gpu: str, machine: str | None
) -> None:
    assert advised(small, model, gpu) == machine


@pytest.mark.parametrize(
    "facts",
    [
        {"segment": "laptop"},
        {"segment": "apu", "unified_memory": True},
        {"unified_memory": True},
        {"gpus_per_board": 2},
        {"common": False},
    ],
    ids=str,
)
def test_one_that_cannot_be_had_alone_is_never_advised(
    facts: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.published.SEGMENTS", {"consumer": "", "laptop": "", "apu": "", "datacenter": ""})
    others = [published_gpu("RTX 24", 24, 1008, reported_mib=24080), published_gpu("Other 80", **BIG, **facts)]
    assert advised(snapshot_of(gpus=others), "large-70b", "rtx-24") is None
    others[1] = published_gpu("Other 80", **BIG)
    assert advised(snapshot_of(gpus=others), "large-70b", "rtx-24") == "other-80"


def test_of_equals_it_is_the_slowest() -> None:
    cards = [five_gpus()[0], published_gpu("Quick 80", 80, 2000), published_gpu("Slow 80", 80, 800)]
    assert advised(snapshot_of(gpus=cards), "large-70b", "rtx-24") == "slow-80"


def test_on_a_mac_s_page_it_is_the_smallest_mac() -> None:
    macs = [*five_gpus(), mac("Mac 16", 16), mac("Mac 96", 96)]
    snapshot = snapshot_of(gpus=macs)
    assert advised(snapshot, "large-70b", "mac-16") == "mac-64"
    assert advised(snapshot, "large-70b", "rtx-24") == "h80"
    wanted = wanted_mac(snapshot, snapshot.models["large-70b"])
    assert wanted is snapshot.gpus["mac-64"]
    assert wanted_card(snapshot, snapshot.models["large-70b"]) is snapshot.gpus["h80"]


def test_a_machine_that_holds_it_too_slowly_has_one_to_want_but_a_mac() -> None:
    slow = {"memory_gb": 96, "bandwidth_gb_s": 60}
    pool = published_gpu("Pool 96", **slow, vendor="Other", speed_class="cpu", unified_memory=True, common=False)
    snapshot = snapshot_of(gpus=[*five_gpus(), pool, mac("Mac 96", 96, 60)])
    model = snapshot.models["large-70b"]
    for gpu, machine in (("pool-96", "h80"), ("mac-96", None)):
        assert holds(snapshot, model, snapshot.gpus[gpu])
        assert not answer(snapshot, model, snapshot.gpus[gpu]).verdict.says_yes
        assert advised(snapshot, "large-70b", gpu) == machine


def test_it_holds_the_default_to_the_byte_with_32k_or_the_native_context(small: Snapshot) -> None:
    card = small.gpus["rtx-24"]
    for name, context in (("small-8b", 32768), ("mixture-30b", 32768)):
        model = small.models[name]
        accounting = candidates(small, model).default.accounting
        assert accounting
        needed = accounting.total(context)
        for given, expected in ((needed, True), (needed - 1, False)):
            offer = card.spec.offer.total_bytes - advised_bytes(card.spec)
            assert _holds_with(small, name, given + offer) is expected


def _holds_with(snapshot: Snapshot, model: str, offered: int) -> bool:
    card = snapshot.gpus["rtx-24"]
    spec = replace(card.spec)
    object.__setattr__(spec, "__dict__", {**spec.__dict__, "offer": card.spec.offer._replace(total_bytes=offered)})
    return holds(snapshot, snapshot.models[model], replace(card, spec=spec))
