"""What can be chosen by links: a filter of `filters`, each of its choices with the address that chooses it."""

from collections.abc import Mapping
from typing import NamedTuple

from fitpages.pages.common.filters import Facet
from fitpages.pages.common.pager import with_query


class LinkChoice(NamedTuple):
    """One thing to choose, as a link."""

    text: str
    address: str
    is_chosen: bool


class Choices(NamedTuple):
    """What can be chosen of one kind; `error` where the address asks for something else."""

    label: str
    links: tuple[LinkChoice, ...]
    error: str = ""


def choices(facet: Facet, address: str, values: Mapping[str, str], place: str = "", default: str = "") -> Choices:
    """Of a facet, at `place` of the page at `address` with the `values` of all its filters.

    `default` is what is chosen where nothing is; the address of that leaves it out, so a page has one address.
    """
    chosen = facet.value or default
    links = (
        LinkChoice(
            choice.text,
            with_query(address, values, **{facet.name: "" if choice.value == default else choice.value}) + place,
            choice.value == chosen,
        )
        for choice in facet.choices
    )
    return Choices(facet.label, tuple(links), facet.error)
