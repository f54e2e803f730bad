"""The catalog as data files that a load reads back."""

from pathlib import Path

from catalog.interchange import former_addresses
from catalog.interchange.files import file_name
from catalog.interchange.folder import write_folder
from catalog.interchange.loaded_as import EDITED, base_of, edits
from catalog.interchange.records import Record, to_line, to_record
from catalog.interchange.references import References
from catalog.interchange.snapshot_of_database import one_state
from catalog.models import RECORD_MODELS, CatalogRecord
from catalog.models.querysets import by_slug


def export_catalog(directory: Path, *, release: bool = False) -> int:
    """Write every record to `directory`, drafts too, and former addresses; returns how many records.

    Each record says what was edited of it here, so that a load of a release elsewhere does as it would do here; for a
    `release` of its own that is left out. Raises OSError.
    """
    references = References()
    with one_state():
        files = {file_name(model): _lines(model, references, release=release) for model in RECORD_MODELS}
        former = former_addresses.lines(deleted=not release)
    count = sum(text.count("\n") for text in files.values())
    if former:
        files[former_addresses.FILE_NAME] = former
    write_folder(directory, files, gone=frozenset({former_addresses.FILE_NAME}))
    return count


def _lines(model: type[CatalogRecord], references: References, *, release: bool) -> str:
    rows = by_slug(model.objects.all())
    return "".join(to_line(_record(row, references, release=release)) + "\n" for row in rows)


def _record(row: CatalogRecord, references: References, *, release: bool) -> Record:
    ours = to_record(row, references)
    edited = None if release else edits(ours, base_of(row, ours, references), row.loaded_digest)
    return ours if edited is None else {**ours, EDITED: edited}
