"""What a reader asks of a machine's page, by links: the RAM beside it, and which models the list shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.models.uses import Use
from catalog.snapshot import PublishedGpu, Snapshot
from fitpages import addresses
from fitpages.matching.beside import KINDS, SIZES_GIB, USUAL, Ram, takes_ram
from fitpages.pages.common.filters import Options
from fitpages.pages.common.link_choices import LinkChoices, link_choices
from fitpages.text import figures

NO_RAM = "none"
USUAL_KIND = next(name for name, kind in KINDS.items() if kind is USUAL.kind)
CONTEXTS = (32768, 65536, 131072)
SPEEDS = (10, 20, 60)
# So many of the last years in which models came out.
YEARS = 3
LICENCES = (("", "any"), ("yes", "commercial use"), ("with conditions", "with conditions"), ("no", "not commercial"))
# The parts of the page that choices lead to.
BY_USE, ALL = "#by-use", "#all"
PARAMETERS = ("ram", "kind", "runs", "use", "context", "speed", "released", "licence", "page")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`kept` are the parameters that links keep; `ram` is None where there is none beside it. `beside` chooses that,
    `filters` the models; `unknown` says that the address asks for something that the page has not."""

    kept: Mapping[str, str]
    address: str
    ram: Ram | None
    beside: tuple[LinkChoices, ...]
    filters: Mapping[str, LinkChoices]
    unknown: str

    def chosen(self, name: str) -> str:
        """The value of a filter; "" where any will do."""
        return self.filters[name].value

    @property
    def is_filtered(self) -> bool:
        return any(choices.value for choices in self.filters.values())


def asked(snapshot: Snapshot, gpu: PublishedGpu, query: Mapping[str, str]) -> Asked:
    """The query, with everything that it does not say, or says wrong, at its default."""
    kept = {name: query[name] for name in PARAMETERS if query.get(name)}
    address = addresses.gpu(gpu.slug)
    beside = _beside(kept, address) if takes_ram(gpu) else ()
    others = sorted(set(query) - set(PARAMETERS))
    return Asked(
        kept=kept,
        address=address,
        ram=_ram(*(choices.value for choices in beside)) if beside else None,
        beside=beside,
        filters={name: at(choices, ALL) for name, choices in _filters(snapshot, kept, address).items()},
        unknown=f"This page has no filter “{others[0][:40]}”." if others else "",
    )


def at(choices: LinkChoices, place: str) -> LinkChoices:
    """With links that lead to a part of the page."""
    links = (link._replace(address=link.address + place) if link.address else link for link in choices.links)
    return LinkChoices(label=choices.label, links=tuple(links), value=choices.value, error=choices.error)


def _ram(gib: str, kind: str) -> Ram | None:
    return None if gib == NO_RAM else Ram(int(gib), KINDS[kind])


def _beside(kept: Mapping[str, str], address: str) -> tuple[LinkChoices, ...]:
    sizes = [(NO_RAM, "none"), *((str(gib), f"{gib} GB") for gib in SIZES_GIB)]
    kinds = [(name, name.upper()) for name in KINDS]
    return (
        at(link_choices(kept, "ram", "RAM beside it", sizes, str(USUAL.gib), address), BY_USE),
        at(link_choices(kept, "kind", "RAM of two channels", kinds, USUAL_KIND, address), BY_USE),
    )


def _filters(snapshot: Snapshot, kept: Mapping[str, str], address: str) -> dict[str, LinkChoices]:
    options: dict[str, tuple[str, Options]] = {
        "use": ("Use", [("", "any use"), *((use.value, use.label) for use in Use)]),
        "context": ("Context", [("", "any"), *((str(context), _and_more(context)) for context in CONTEXTS)]),
        "speed": ("Tokens/s", [("", "any"), *((str(speed), f"{speed} and more") for speed in SPEEDS)]),
        "released": ("Released", [("", "any year"), *_years(snapshot)]),
        "licence": ("Licence", LICENCES),
    }
    return {name: link_choices(kept, name, label, of, "", address) for name, (label, of) in options.items()}


def _and_more(context: int) -> str:
    return f"{figures.tokens(context)} and more"


def _years(snapshot: Snapshot) -> Options:
    """The last years in which a model came out."""
    years = {model.release_date.year for model in snapshot.models.values() if model.release_date}
    return [(str(year), str(year)) for year in sorted(years, reverse=True)[:YEARS]]
