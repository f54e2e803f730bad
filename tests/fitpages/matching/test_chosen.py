"""A choice of the first page leads to a page of this site, whatever was sent."""

from decimal import Decimal

import pytest

from catalog.snapshot import PublishedGpu, Snapshot
from fitpages.matching.chosen import address
from fitpages.matching.contexts import CONTEXTS
from tests.published import published_gpu
from tests.small_catalog import five_gpus, snapshot_of


def plain(memory_gb: int, kind: str) -> PublishedGpu:
    """A computer without a GPU."""
    shared = {"segment": "apu", "speed_class": "cpu", "unified_memory": True, "usable_share": Decimal("0.9")}
    bandwidth = {"DDR4": 45, "DDR5": 80}[kind]
    return published_gpu(f"CPU {memory_gb} {kind}", memory_gb, bandwidth, common=False, memory_type=kind, **shared)


@pytest.fixture
def snapshot() -> Snapshot:
    computers = [plain(16, "DDR4"), plain(32, "DDR4"), plain(16, "DDR5"), plain(32, "DDR5"), plain(96, "DDR5")]
    return snapshot_of(gpus=[*five_gpus(), *computers])


def test_a_card_leads_to_its_page_and_so_does_a_former_name(snapshot: Snapshot) -> None:
    assert address(snapshot, {"have": "rtx-24"}) == "/gpus/rtx-24/"
    assert address(snapshot, {"have": "rtx-24-gb"}) == "/gpus/rtx-24/"


@pytest.mark.parametrize(
    ("ram", "kind", "query"),
    [
        ("32", "ddr5", ""),
        ("32", "ddr4", "?ram=32&kind=ddr4"),
        ("64", "ddr5", "?ram=64&kind=ddr5"),
        ("64", "ddr9", "?ram=64&kind=ddr5"),
        ("none", "ddr4", "?ram=none"),
        ("48", "ddr5", ""),
        ("-1", "ddr5", ""),
        ("", "", ""),
    ],
)
def test_ram_beside_a_card_goes_along_where_it_is_not_the_usual(
    snapshot: Snapshot, ram: str, kind: str, query: str
) -> None:
    assert address(snapshot, {"have": "rtx-24", "ram": ram, "kind": kind}) == f"/gpus/rtx-24/{query}"


def test_one_pool_of_memory_has_no_ram_beside_it(snapshot: Snapshot) -> None:
    assert address(snapshot, {"have": "mac-64", "ram": "64", "kind": "ddr4"}) == "/gpus/mac-64/"


@pytest.mark.parametrize(
    ("ram", "kind", "slug"),
    [
        ("32", "ddr5", "cpu-32-ddr5"),
        ("32", "ddr4", "cpu-32-ddr4"),
        ("64", "ddr5", "cpu-32-ddr5"),
        ("128", "ddr5", "cpu-96-ddr5"),
        ("none", "ddr4", "cpu-16-ddr4"),
        ("abc", "", "cpu-32-ddr5"),
    ],
)
def test_without_a_gpu_it_is_the_computer_with_so_much_ram_or_the_next_smaller(
    snapshot: Snapshot, ram: str, kind: str, slug: str
) -> None:
    assert address(snapshot, {"have": "none", "ram": ram, "kind": kind}) == f"/gpus/{slug}/"


def test_a_catalog_without_such_computers_shows_all_machines() -> None:
    assert address(snapshot_of(), {"have": "none", "ram": "32"}) == "/gpus/"


@pytest.mark.parametrize("typed", ["RTX 24", "rtx 24", " RTX-24 ", "h80"])
def test_what_is_typed_stands_before_what_is_chosen(snapshot: Snapshot, typed: str) -> None:
    slug = "h80" if typed == "h80" else "rtx-24"
    assert address(snapshot, {"have": "rtx-8", "other": typed}) == f"/gpus/{slug}/"


def test_what_is_typed_and_is_no_name_is_searched_for(snapshot: Snapshot) -> None:
    assert address(snapshot, {"have": "rtx-8", "other": "RTX"}) == "/search/?q=RTX"
    assert address(snapshot, {"other": "//evil.example/&q=x"}) == "/search/?q=%2F%2Fevil.example%2F%26q%3Dx"
    assert len(address(snapshot, {"other": "x" * 5000})) < 200


def test_a_model_leads_to_its_page_with_a_context_that_is_not_the_usual(snapshot: Snapshot) -> None:
    assert address(snapshot, {"want": "small-8b", "context": "32768", "have": ""}) == "/models/small-8b/?context=32768"
    assert address(snapshot, {"want": "small-8"}) == "/models/small-8b/"
    for context in ("16384", "12345", "x", "", "٣"):
        assert address(snapshot, {"want": "small-8b", "context": context}) == "/models/small-8b/"
    assert 16384 in CONTEXTS


def test_both_lead_to_the_pair(snapshot: Snapshot) -> None:
    both = {"want": "small-8b", "context": "32768", "have": "rtx-24", "ram": "64"}
    assert address(snapshot, both) == "/run/small-8b-on-rtx-24/"
    assert address(snapshot, {**both, "have": "none"}) == "/run/small-8b-on-cpu-32-ddr5/"


def test_what_there_is_not_is_searched_for_with_what_there_is(snapshot: Snapshot) -> None:
    assert address(snapshot, {"want": "gone-9b", "have": "rtx-24"}) == "/search/?q=gone-9b+rtx-24"
    assert address(snapshot, {"want": "small-8b", "have": "gone"}) == "/search/?q=small-8b+gone"
    assert address(snapshot, {"have": "gone"}) == "/search/?q=gone"


def test_nothing_chosen_leads_to_the_list(snapshot: Snapshot) -> None:
    assert address(snapshot, {}) == address(snapshot, {"have": " ", "other": ""}) == "/gpus/"
    assert address(snapshot, {"want": "", "have": ""}) == "/models/"
