"""The whole list of a machine's page: every model, filtered, newest first, 40 rows a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.snapshot import Snapshot
from fitpages.pages.card.asked import ALL, NOT, RUNS, WITH_RAM, Asked
from fitpages.pages.card.lines import ModelLine, Shown, in_families, passing, shown
from fitpages.pages.common.choices import Choices
from fitpages.pages.common.pager import Pager, paginate

ROWS = 40
FILTERS = ("use", "context", "speed", "released", "licence")


@dataclass(frozen=True, kw_only=True)
class AllModels:
    """The rows of this page of the list, with what can be chosen; `runs` where they have a level and a speed."""

    kinds: Choices
    filters: tuple[Choices, ...]
    lines: tuple[Shown, ...]
    pager: Pager
    runs: bool
    is_filtered: bool
    errors: tuple[str, ...]


def all_models(snapshot: Snapshot, lines: Sequence[ModelLine], asked: Asked, query: Mapping[str, str]) -> AllModels:
    """The page of the list that the query asks for."""
    by_kind = _by_kind(snapshot, lines, asked)
    wanted = asked.values.get("show", RUNS)
    families = in_families(snapshot, by_kind[wanted])
    page, pager = paginate(families, {**asked.values, "page": query.get("page", "1")}, asked.address, ROWS, "rows")
    return AllModels(
        kinds=_counted(asked.choices("show", ALL), by_kind),
        filters=tuple(asked.choices(name, ALL) for name in FILTERS),
        lines=tuple(shown(snapshot, family) for family in page),
        pager=pager,
        runs=wanted != NOT,
        is_filtered=any(name in asked.values for name in FILTERS),
        errors=tuple(of_name.error for of_name in asked.facets.values() if of_name.error),
    )


def _by_kind(snapshot: Snapshot, lines: Sequence[ModelLine], asked: Asked) -> Mapping[str, list[ModelLine]]:
    values = asked.values
    named = (line for line in lines if _is_named(line, values))
    by_kind: dict[str, list[ModelLine]] = {RUNS: [], WITH_RAM: [], NOT: []}
    for line in passing(snapshot, named, int(values.get("context", 0)), int(values.get("speed", 0))):
        by_kind[line.shown_as].append(line)
    return by_kind


def _is_named(line: ModelLine, values: Mapping[str, str]) -> bool:
    """By what the catalog knows of the model."""
    model = line.model
    year = str(model.release_date.year) if model.release_date else ""
    facts = {"use": model.uses, "released": (year,), "licence": (model.commercial_use,)}
    return all(name not in values or values[name] in of_model for name, of_model in facts.items())


def _counted(choices: Choices, by_kind: Mapping[str, Sequence[ModelLine]]) -> Choices:
    """With how many there are of each."""
    counts = list(by_kind.values()) if len(choices.links) == len(by_kind) else [by_kind[RUNS], by_kind[NOT]]
    links = (
        link._replace(text=f"{len(lines):,} {link.text}") for link, lines in zip(choices.links, counts, strict=True)
    )
    return choices._replace(links=tuple(links))
