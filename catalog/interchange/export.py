"""The catalog as data files that a load reads back."""

from pathlib import Path

from catalog.interchange.files import file_name
from catalog.interchange.records import to_line, to_record
from catalog.interchange.references import References
from catalog.models import RECORD_MODELS
from catalog.models.querysets import by_slug


def export_catalog(directory: Path) -> int:
    """Write every record to `directory`, drafts too; returns how many."""
    directory.mkdir(parents=True, exist_ok=True)
    count, references = 0, References()
    for model in RECORD_MODELS:
        rows = by_slug(model.objects.all())
        lines = "".join(to_line(to_record(row, references)) + "\n" for row in rows)
        (directory / file_name(model)).write_text(lines, encoding="utf-8")
        count += len(rows)
    return count
