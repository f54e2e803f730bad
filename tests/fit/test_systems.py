"""The ways to set up a machine, as shipped and tuned."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.gpu_memory import nameplate_mib
from fit.systems import System, system_mib, systems
from tests.builders import gpu_spec

SHARED = {"unified_memory": True}
KINDS = ("Apple", "AMD", "Intel", "NVIDIA", "Other")


def named(key: str, memory_gb: int = 128, **figures: object) -> System:
    gpu = gpu_spec(nameplate_gb=Decimal(memory_gb), **figures)
    return next(system for system in systems(gpu) if system.key == key)


@pytest.mark.parametrize(
    ("figures", "keys"),
    [
        ({"vendor": "NVIDIA"}, ["driver"]),
        ({"vendor": "NVIDIA", "ecc": "on"}, ["ecc-on", "ecc-off"]),
        ({"vendor": "NVIDIA", "ecc": "off"}, ["ecc-off", "ecc-on"]),
        ({"vendor": "Apple", **SHARED}, ["macos-26", "macos-15", "raised"]),
        ({"vendor": "AMD", **SHARED}, ["as-installed", "raised"]),
        ({"vendor": "AMD", "carve_out_gb": Decimal(16), **SHARED}, ["as-installed", "raised", "bios", "windows"]),
        ({"vendor": "NVIDIA", **SHARED}, ["as-installed"]),
        ({"vendor": "NVIDIA", "ships_with": "windows", **SHARED}, ["windows"]),
        ({"vendor": "Intel", **SHARED}, ["as-installed"]),
        ({"vendor": "Other", **SHARED}, ["as-installed"]),
    ],
)
def test_a_machine_has_the_systems_of_its_kind_the_usual_one_first(figures: dict[str, object], keys: list[str]) -> None:
    of = systems(gpu_spec(**figures))
    assert [system.key for system in of] == keys
    assert not of[0].command
    assert all(system.command for system in of[1:] if system.key != "macos-15")
    assert all(system.name and system.source for system in of)


def test_linux_gives_half_of_what_it_sees_until_the_limit_is_raised() -> None:
    of = {"vendor": "AMD", "reported_mib": 63968, **SHARED}
    assert named("as-installed", **of).total_mib == 63968
    raised = named("raised", **of)
    assert raised.total_mib == 2 * 63968 - 6 * 1024
    assert raised.command == f"ttm.pages_limit={raised.total_mib * 256}"


def test_where_nobody_reported_it_half_is_of_what_a_kernel_sees() -> None:
    of = {"memory_gb": 32, **SHARED}
    for vendor in ("AMD", "Intel"):
        assert named("as-installed", vendor=vendor, **of).total_mib == (32 * 1024 * 0.97 - 250) / 2


def test_windows_adds_half_of_the_rest_to_what_is_set_apart() -> None:
    of = {"vendor": "AMD", "carve_out_gb": Decimal(96), **SHARED}
    assert named("windows", **of).total_mib == 96 * 1024 + 16 * 1024
    assert named("bios", **of).total_mib == 96 * 1024
    assert "96 GB" in named("bios", **of).command


def test_a_machine_that_ships_with_windows_gives_what_is_set_apart() -> None:
    of = {"vendor": "NVIDIA", "ships_with": "windows", **SHARED}
    assert named("windows", 64, reported_mib=40896, **of).total_mib == 40896
    assert named("windows", **of).total_mib == 80 * 1024


@pytest.mark.parametrize(
    ("memory_gb", "share"), [(8, 2 / 3), (16, 2 / 3), (32, 2 / 3), (36, 3 / 4), (64, 3 / 4), (192, 3 / 4)]
)
def test_older_macos_gives_two_thirds_of_a_small_machine(memory_gb: int, share: float) -> None:
    assert named("macos-15", memory_gb, vendor="Apple", **SHARED).total_mib == memory_gb * 1024 * share


def test_macos_26_gives_what_is_reported_or_the_share_of_the_next_smaller_size() -> None:
    of = {"vendor": "Apple", **SHARED}
    assert named("macos-26", 24, reported_mib=18186, **of).total_mib == 18186
    assert named("macos-26", 96, **of).total_mib == 96 * 1024 * 0.81


def test_the_command_for_a_mac_says_the_limit_that_is_counted() -> None:
    raised = named("raised", vendor="Apple", **SHARED)
    assert raised.total_mib == 122 * 1024
    assert raised.command == "sudo sysctl iogpu.wired_limit_mb=124928"


@pytest.mark.parametrize(("ecc", "command"), [("on", "sudo nvidia-smi -e 0"), ("off", "sudo nvidia-smi -e 1")])
def test_error_correction_is_switched_by_its_command(ecc: str, command: str) -> None:
    usual, other = systems(gpu_spec(vendor="NVIDIA", ecc=ecc))
    assert (usual.name, other.command) == (f"ECC {ecc}", command)


@pytest.mark.parametrize(("memory_gb", "kept_gib"), [(4, 1), (8, 2), (16, 4), (24, 6), (128, 6)])
def test_a_system_keeps_a_quarter_and_never_more_than_six_gib(memory_gb: int, kept_gib: int) -> None:
    gpu = gpu_spec(vendor="NVIDIA", nameplate_gb=Decimal(memory_gb), **SHARED)
    assert system_mib(gpu) == systems(gpu)[0].kept_mib == kept_gib * 1024


@given(st.sampled_from(KINDS), st.integers(min_value=2, max_value=1024))
def test_a_raised_limit_gives_more_and_nothing_gives_more_than_the_memory(vendor: str, memory_gb: int) -> None:
    gpu = gpu_spec(vendor=vendor, nameplate_gb=Decimal(memory_gb), unified_memory=True)
    by_key = {system.key: system.total_mib for system in systems(gpu)}
    assert all(0 < total < nameplate_mib(gpu) for total in by_key.values())
    assert by_key.get("raised", nameplate_mib(gpu)) > systems(gpu)[0].total_mib
