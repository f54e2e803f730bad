"""Both kinds of hub have the same parts: their address, their order, their groups, their sources."""

from typing import Any

import pytest

from catalog.snapshot import Snapshot
from fitpages.pages.hubs import gpu as gpu_hub
from fitpages.pages.hubs.hub import Hub

HUBS = {
    "gpu": (gpu_hub, "h80", "/gpus/h80/", "Machines"),
}
of_both_kinds = pytest.mark.parametrize("kind", HUBS)


def hub(small: Snapshot, kind: str, **query: str) -> Hub:
    module, slug, _, _ = HUBS[kind]
    records: Any = small.gpus if kind == "gpu" else small.models
    built: Hub = module.build(small, records[slug], query)
    return built


@of_both_kinds
def test_a_hub_stands_under_its_list_at_its_own_address(small: Snapshot, kind: str) -> None:
    _, _, address, list_name = HUBS[kind]
    page = hub(small, kind)
    assert page.address == address
    assert [crumb.text for crumb in page.breadcrumbs] == [list_name, page.crumb]


@of_both_kinds
def test_only_the_plain_address_is_indexed(small: Snapshot, kind: str) -> None:
    assert hub(small, kind).indexable
    assert not hub(small, kind, sort="name").indexable


@of_both_kinds
def test_an_order_that_there_is_not_is_the_first_and_said_to_be_none(small: Snapshot, kind: str) -> None:
    plain, odd = hub(small, kind), hub(small, kind, sort="colour")
    assert odd.groups == plain.groups
    assert odd.facets[0].error
    assert not plain.facets[0].error


@of_both_kinds
def test_lines_keep_the_order_within_their_group(small: Snapshot, kind: str) -> None:
    for group in hub(small, kind, sort="name").groups:
        names = [(line.model if kind == "gpu" else line.gpu).name for line in group.lines]
        assert names == sorted(names, key=str.casefold)


@of_both_kinds
def test_the_sources_of_the_record_are_there(small: Snapshot, kind: str) -> None:
    _, slug, _, _ = HUBS[kind]
    record: Any = small.gpus[slug] if kind == "gpu" else small.models[slug]
    assert len(hub(small, kind).sources) == len(record.sources) > 0
