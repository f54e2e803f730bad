"""Whether an answer stays where a model has other levels: told without answering again."""

from fit.candidates import Candidates
from fit.verdict import Kind, Verdict


def stays(verdict: Verdict, candidates: Candidates, other: Candidates) -> bool:
    """Whether the answer to a pair is the same with other levels of its model: quickly told of most that run on the
    card; False where that is not known. `verdict` is that of `candidates`."""
    on_card = verdict.kind is Kind.ON_CARD and verdict.is_counted and other.is_counted
    return on_card and candidates.advises_alike(other, verdict.quant, verdict.available_bytes)
