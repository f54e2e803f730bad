"""The founding table: each quantization of a model on a GPU, by the rule of thumb, with what the accounting adds."""

from collections.abc import Mapping
from typing import NamedTuple

from catalog.snapshot import Snapshot
from fit.speed import Estimate
from fit.verdict import Assessment, QuantFit
from fitpages.text import figures


class TableRow(NamedTuple):
    """One quantization in the founding table."""

    name: str
    need: str
    fits: bool
    ceiling: str
    quality: str
    recommended: bool
    marked: bool
    advised: bool
    expected: str
    exact_note: str
    fits_exactly: bool


def table_rows(
    snapshot: Snapshot, assessment: Assessment, speeds: Mapping[str, Estimate] | None, *, chosen: str = ""
) -> tuple[TableRow, ...]:
    """The founding table. The row marked is the one `chosen` by its slug, or else the recommended one.

    `speeds` are what to expect by quantization; None shows no speed at all, for the bandwidth is not known.
    """
    marked = chosen or (assessment.recommended.quant.slug if assessment.recommended else "")
    return tuple(
        TableRow(
            name=quant.name,
            need=figures.memory(fit.need_bytes),
            fits=fit.fits,
            ceiling=figures.ceiling(fit.ceiling_tokens_s if fit.fits_somehow and speeds is not None else None),
            quality=quant.quality,
            recommended=fit is assessment.recommended,
            marked=quant.slug == marked,
            advised=fit.advised,
            expected=_expected((speeds or {}).get(quant.slug)),
            exact_note=exact_note(fit),
            fits_exactly=bool(fit.exact and fit.exact.fits),
        )
        for quant, fit in zip(snapshot.quants, assessment.quants, strict=True)
    )


def _expected(estimate: Estimate | None) -> str:
    """Under the ceiling: "expect 98"."""
    return f"expect {figures.expected(estimate.tokens_s)}" if estimate else ""


def exact_note(fit: QuantFit) -> str:
    """Under the verdict in the founding table: "up to 17K tokens"."""
    if fit.exact is None:
        return ""
    longest = fit.exact.longest_context
    if fit.fits:
        return f"up to {figures.tokens(longest)} tokens" if longest else "exactly: no"
    return f"exactly: up to {figures.tokens(longest)} tokens" if longest else ""
