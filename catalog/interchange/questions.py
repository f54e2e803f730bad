"""What is asked about rows that a load changed: reported, for a load asks nobody."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from catalog.doubts import Others, unanswered
from catalog.models import RECORD_MODELS, CatalogRecord

# More rows than an edit of the data files changes; the first load of a catalog has thousands, whose figures its own
# tests hold against each other.
MOST_ROWS = 200
MOST_SENTENCES = 20


def questions(began_at: datetime, written: int) -> list[str]:
    """A line for each question that nobody answered about the rows that the load of that time wrote, if few."""
    if not 0 < written <= MOST_ROWS:
        return []
    return sentences([row for model in RECORD_MODELS for row in _written(model, began_at)])


def _written(model: type[CatalogRecord], began_at: datetime) -> Iterable[CatalogRecord]:
    """The rows of a kind that had a state given to them at that time."""
    keys = model.history.filter(history_date=began_at).values_list("id", flat=True)
    return model.objects.filter(pk__in=list(keys))


def sentences(rows: Sequence[CatalogRecord]) -> list[str]:
    """What is asked about rows, each with its record; of many the first, and how many there are more."""
    others = Others()
    asked = [f"{row.kind()} {row.slug}: {doubt.says}" for row in rows for doubt in unanswered(row, others)]
    more = len(asked) - MOST_SENTENCES
    return [*asked[:MOST_SENTENCES], *([f"{more:,} questions more."] if more > 0 else [])]
