"""The founding table: each quantization of a model on a GPU, by the rule of thumb, with what the accounting adds."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from catalog.snapshot import PublishedFile, Snapshot
from fit.assessment import Assessment, QuantFit
from fit.speed import Estimate
from fitpages.text import figures


class TableRow(NamedTuple):
    """One quantization in the founding table. `need` is the rule's, in GB, and `counted` what it takes, in GiB.

    `file_note` says which published file the exact figures are counted from; "" where they are computed.
    """

    name: str
    file_note: str
    need: str
    counted: str
    fits: bool
    is_told: bool
    ceiling: str
    quality: str
    recommended: bool
    marked: bool
    advised: bool
    expected: str
    exact_note: str
    fits_exactly: bool


LOWER_HEADING = "Below the levels worth recommending, as counted"
NOT_MADE = "No files of this model are made at this level."
Speeds = Mapping[str, Estimate]
Files = Mapping[str, PublishedFile]
NO_FILES: Files = MappingProxyType({})


def table_rows(
    snapshot: Snapshot, assessment: Assessment, speeds: Speeds | None, *, chosen: str = "", files: Files = NO_FILES
) -> tuple[TableRow, ...]:
    """The founding table. The row marked is the one `chosen` by its slug, or else the recommended one.

    `speeds` are what to expect by quantization; None shows no speed at all, for the bandwidth is not known. `files` are
    those that quantizations are counted from.
    """
    marked = chosen or (assessment.recommended.quant.slug if assessment.recommended else "")
    rows = _rows(snapshot, assessment.quants, speeds, recommended=assessment.recommended, marked=marked, files=files)
    return tuple(rows)


def lower_rows(
    snapshot: Snapshot, assessment: Assessment, speeds: Speeds | None, *, files: Files = NO_FILES
) -> tuple[TableRow, ...]:
    """What stands under the founding table where nothing of it fits: levels below, as counted."""
    return tuple(_rows(snapshot, assessment.lower, speeds, recommended=None, marked="", files=files))


def has_counted(rows: Iterable[TableRow]) -> bool:
    """Whether anything is counted in some rows; else the column would be dashes alone."""
    return any(row.counted != figures.NOT_SHOWN for row in rows)


def _rows(
    snapshot: Snapshot,
    fits: Iterable[QuantFit],
    speeds: Speeds | None,
    *,
    recommended: QuantFit | None,
    marked: str,
    files: Files,
) -> Iterator[TableRow]:
    for fit in fits:
        quant = snapshot.quant_of[fit.quant.slug]
        yield TableRow(
            name=quant.name,
            file_note=_file_note(fit, files.get(quant.slug)),
            need=figures.NOT_SHOWN if fit.need_bytes is None else figures.memory(fit.need_bytes),
            counted=_counted(fit),
            fits=fit.advised if fit.need_bytes is None else fit.fits,
            is_told=fit.need_bytes is not None or fit.exact is not None,
            ceiling=figures.ceiling(fit.ceiling_tokens_s if fit.fits_somehow and speeds is not None else None),
            quality=quant.quality if fit.is_made else NOT_MADE,
            recommended=fit is recommended,
            marked=quant.slug == marked,
            advised=fit.advised,
            expected=_expected((speeds or {}).get(quant.slug)),
            exact_note=exact_note(fit),
            fits_exactly=bool(fit.exact and fit.exact.fits),
        )


def _file_note(fit: QuantFit, file: PublishedFile | None) -> str:
    """Under the name: "file of unsloth", where the exact figures are counted from it."""
    return f"file of {file.publisher or file.repository}" if file and fit.exact else ""


def _counted(fit: QuantFit) -> str:
    """What it takes with the reference context: "12.1 GiB"; a dash where that is not known."""
    return figures.counted(fit.exact.accounting.reference_bytes) if fit.exact else figures.NOT_SHOWN


def _expected(estimate: Estimate | None) -> str:
    """Under the ceiling: "expect 98"."""
    return f"expect {figures.expected(estimate.tokens_s)}" if estimate else ""


def exact_note(fit: QuantFit) -> str:
    """Under the verdict in the founding table: "up to 17K tokens"."""
    if not fit.is_made:
        return "by the rule alone"
    if fit.exact is None:
        return ""
    longest = fit.exact.longest_context
    if fit.fits or fit.need_bytes is None:
        return f"up to {figures.tokens(longest)} tokens" if longest else "exactly: no" if fit.fits else ""
    return f"exactly: up to {figures.tokens(longest)} tokens" if longest else ""
