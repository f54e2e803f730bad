"""What is asked about a row, and what of it somebody answered: a reason that is kept beside the row."""

from collections.abc import Callable, Iterator
from typing import Any

from catalog.doubts import (
    files,
    gpus,
    language_models,
    markets,
    measurements,
    quants,
    repositories,
    since_loaded,
    sources,
)
from catalog.doubts.doubt import Doubt
from catalog.doubts.others import Others
from catalog.models import (
    Artifact,
    Benchmark,
    BoardScore,
    CatalogRecord,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Quant,
    Repository,
)

# A reason of fewer characters says nothing.
LEAST_REASON, MOST_REASON = 5, 500

Check = Callable[[Any, Others], Iterator[Doubt]]
CHECKS: dict[type[CatalogRecord], Check] = {
    Quant: quants.doubts,
    Gpu: gpus.doubts,
    LanguageModel: language_models.doubts,
    Artifact: files.doubts,
    Repository: repositories.doubts,
    Benchmark: measurements.doubts,
    Popularity: markets.of_popularity,
    BoardScore: markets.of_score,
    Price: markets.of_price,
    Pick: markets.of_pick,
}


def doubts(row: CatalogRecord, others: Others | None = None) -> list[Doubt]:
    """Everything that is asked about a row that is valid, answered or not; `others` spares reading them again."""
    asked = [*CHECKS[type(row)](row, others or Others()), *sources.doubts(row)]
    return [*asked, *since_loaded.doubts(row, {doubt.field for doubt in asked})]


def unanswered(row: CatalogRecord, others: Others | None = None) -> list[Doubt]:
    """What is asked about a row and has no reason yet: while there is any, it is not published or changed."""
    return [doubt for doubt in doubts(row, others) if not reason_for(row, doubt)]


def reason_for(row: CatalogRecord, doubt: Doubt) -> str:
    """Why somebody saved a row all the same; "" for a sentence that nobody answered, such as one with other figures."""
    return next((kept["reason"] for kept in row.saved_anyway if _is_of(kept, doubt)), "")


def answered(row: CatalogRecord, asked: list[Doubt], reasons: dict[Doubt, str]) -> list[dict[str, str]]:
    """The answers to keep: of what is asked still, the new reason or the one that is there. Others go."""
    given = {doubt: reasons.get(doubt) or reason_for(row, doubt) for doubt in asked}
    return [{"check": doubt.check, "says": doubt.says, "reason": given[doubt]} for doubt in asked if given[doubt]]


def _is_of(kept: dict[str, str], doubt: Doubt) -> bool:
    return kept["check"] == doubt.check and kept["says"] == doubt.says
