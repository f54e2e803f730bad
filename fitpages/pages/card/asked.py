"""What a reader asks of a machine's page, by links: the RAM beside it, and which models the list shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from catalog.models.uses import Use
from catalog.snapshot import PublishedGpu, Snapshot
from fitpages import addresses
from fitpages.matching.beside import KINDS, SIZES_GIB, USUAL, Ram, takes_ram
from fitpages.pages.common.choices import Choices, choices
from fitpages.pages.common.filters import Facet, Options, facet
from fitpages.text import figures

NO_RAM = "none"
USUAL_KIND = next(name for name, kind in KINDS.items() if kind is USUAL.kind)
# What the list shows: what runs, what runs with a part in RAM, what does not.
RUNS, WITH_RAM, NOT = "", "with-ram", "not"
CONTEXTS = (32768, 65536, 131072)
SPEEDS = (10, 20, 60)
YEARS = 3
LICENCES = (("yes", "commercial use"), ("with conditions", "with conditions"), ("no", "no commercial use"))
BY_USE, ALL = "#by-use", "#all"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The facets of a machine's page, as its address sets them."""

    address: str
    facets: Mapping[str, Facet]

    @cached_property
    def values(self) -> Mapping[str, str]:
        """What was chosen of what there is."""
        return {name: of_name.value for name, of_name in self.facets.items() if of_name.value}

    @property
    def ram(self) -> Ram | None:
        """The RAM beside the card; None where there is none."""
        gib = self.values.get("ram", str(USUAL.gib))
        if "ram" not in self.facets or gib == NO_RAM:
            return None
        return Ram(int(gib), KINDS[self.values.get("kind", USUAL_KIND)])

    def choices(self, name: str, place: str, default: str = "") -> Choices:
        """Of a facet, as links to a part of the page; `default` is what is chosen where nothing is."""
        return choices(self.facets[name], self.address, self.values, place, default)


def asked(snapshot: Snapshot, gpu: PublishedGpu, query: Mapping[str, str]) -> Asked:
    """What the query asks for; what there is not is as if it was not asked for, and told."""
    facets = (_of_ram(query) if takes_ram(gpu) else {}) | _of_list(snapshot, query, of_card=takes_ram(gpu))
    return Asked(address=addresses.gpu(gpu.slug), facets=facets)


def _of_ram(query: Mapping[str, str]) -> dict[str, Facet]:
    sizes = [(NO_RAM, "none"), *((str(gib), f"{gib} GB") for gib in SIZES_GIB)]
    return {
        "ram": facet(query, "ram", "RAM beside it", sizes, anything=""),
        "kind": facet(query, "kind", "two channels of", [(name, name.upper()) for name in KINDS], anything=""),
    }


def _of_list(snapshot: Snapshot, query: Mapping[str, str], *, of_card: bool) -> dict[str, Facet]:
    shown = [(RUNS, "run"), *([(WITH_RAM, "run with RAM")] if of_card else []), (NOT, "do not")]
    return {
        "show": facet(query, "show", "Models that", shown, anything=""),
        "use": facet(query, "use", "For", [(use.value, use.label) for use in Use], anything="any use"),
        "context": facet(query, "context", "Context", _contexts(), anything="any"),
        "speed": facet(query, "speed", "Tokens/s", [(str(speed), f"{speed} and more") for speed in SPEEDS], "any"),
        "released": facet(query, "released", "Released", _years(snapshot), anything="any time"),
        "licence": facet(query, "licence", "Licence", LICENCES, anything="any"),
    }


def _contexts() -> Options:
    return [(str(context), f"{figures.tokens(context)} and more") for context in CONTEXTS]


def _years(snapshot: Snapshot) -> Options:
    """The last years in which a model came out."""
    years = {model.release_date.year for model in snapshot.models.values() if model.release_date}
    return [(str(year), f"{year}") for year in sorted(years, reverse=True)[:YEARS]]
