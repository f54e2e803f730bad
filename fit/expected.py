"""The speed to expect of each quantization of a pair, with a short context."""

from fit import speed
from fit.assessment import Assessment
from fit.specs import GpuSpec
from fit.speed import Estimate

SHORT_CONTEXT = 4096


def short_speeds(assessment: Assessment, gpu: GpuSpec) -> dict[str, Estimate]:
    """What to expect of each row that fits, with SHORT_CONTEXT tokens or as many as fit; by quantization."""
    return {
        row.quant.slug: speed.decode(row.exact.accounting, gpu, min(SHORT_CONTEXT, row.exact.longest_context))
        for row in (*assessment.quants, *assessment.lower)
        if row.exact and row.exact.longest_context and (row.fits or row.exact.fits)
    }
