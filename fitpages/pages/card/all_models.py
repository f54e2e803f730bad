"""The whole list of a machine's page: every model, filtered, newest first, 40 rows a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from catalog.snapshot import Snapshot
from fitpages.pages.card.asked import ALL, Asked, at
from fitpages.pages.card.lines import NOT, RUNS, WITH_RAM, ModelLine, Shown, in_families, passing, shown
from fitpages.pages.common.link_choices import LinkChoices, link_choices
from fitpages.pages.common.pager import Pager, paginate

ROWS = 40
# What the list shows.
KINDS: Mapping[str, tuple[str, Callable[[ModelLine], bool]]] = {
    "yes": ("run", lambda line: line.shown_as == RUNS),
    "ram": ("run with RAM", lambda line: line.shown_as == WITH_RAM),
    "no": ("do not", lambda line: line.shown_as == NOT),
    "all": ("in all", lambda line: True),
}


@dataclass(frozen=True, kw_only=True)
class AllModels:
    """The rows of this page of the list, with what can be chosen; `has_speeds` where some have a level and a speed."""

    runs: LinkChoices
    filters: tuple[LinkChoices, ...]
    is_filtered: bool
    lines: tuple[Shown, ...]
    pager: Pager
    has_speeds: bool


def all_models(snapshot: Snapshot, lines: Sequence[ModelLine], asked: Asked) -> AllModels:
    """The page of the list that was asked for."""
    passed = [line for line in lines if _is_named(line, asked)]
    passed = list(passing(snapshot, passed, int(asked.chosen("context") or 0), int(asked.chosen("speed") or 0)))
    runs = _runs(passed, asked)
    families = in_families(snapshot, filter(KINDS[runs.value][1], passed))
    page, pager = paginate(families, asked.kept, asked.address, ROWS, "rows")
    return AllModels(
        runs=at(runs, ALL),
        filters=tuple(asked.filters.values()),
        is_filtered=asked.is_filtered,
        lines=tuple(shown(snapshot, family) for family in page),
        pager=pager,
        has_speeds=runs.value != "no",
    )


def _is_named(line: ModelLine, asked: Asked) -> bool:
    """By what the catalog knows of the model."""
    model = line.model
    year = str(model.release_date.year) if model.release_date else ""
    facts = {"use": model.uses, "released": (year,), "licence": (model.commercial_use,)}
    return all(not asked.chosen(name) or asked.chosen(name) in of_model for name, of_model in facts.items())


def _runs(lines: Sequence[ModelLine], asked: Asked) -> LinkChoices:
    """With how many there are of each; kinds of which there are none are left out, but what runs and what does not."""
    counts = {name: sum(map(passes, lines)) for name, (_, passes) in KINDS.items()}
    kinds = [name for name in KINDS if counts[name] or name in ("yes", "no", asked.kept.get("runs"))]
    options = [(name, f"{counts[name]:,} {KINDS[name][0]}") for name in kinds]
    return link_choices(asked.kept, "runs", "Models", options, "yes", asked.address)
