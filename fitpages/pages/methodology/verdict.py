"""The figures in what the methodology says of the answer to a pair: every number that decides it."""

from dataclasses import dataclass

from catalog.snapshot import Snapshot
from fit import advice, verdict
from fit.computer import SIZES_GIB
from fit.ram import NAMES
from fit.uses import AGENT
from fitpages.text import figures, wording


@dataclass(frozen=True, kw_only=True)
class VerdictFigures:
    """What templates/fitpages/methodology/_verdict.html shows; `worthy` are the levels worth recommending."""

    contexts: str
    least_context: str
    comfortable: str
    shortest: str
    least_tokens_s: str
    least_with_ram: str
    usual_ram: str
    most_ram: str
    shared_margin: str
    margin: str
    machine_context: str
    worthy: str


def verdict_figures(snapshot: Snapshot) -> VerdictFigures:
    """The constants of `fit.verdict` and what it asks, and the levels of this catalog."""
    worthy = [quant.name for quant in snapshot.all_quants if quant.spec.worth_recommending]
    return VerdictFigures(
        contexts=wording.listed([figures.tokens(context) for context in advice.ADVISED_CONTEXTS], "or"),
        least_context=figures.tokens(advice.ADVISED_CONTEXTS[-1]),
        comfortable=figures.tokens(advice.COMFORTABLE_CONTEXT),
        shortest=figures.tokens(verdict.SHORTEST_CONTEXT),
        least_tokens_s=wording.count(verdict.LEAST_TOKENS_S),
        least_with_ram=wording.count(verdict.LEAST_WITH_RAM_TOKENS_S),
        usual_ram=NAMES[verdict.USUAL_RAM],
        most_ram=figures.gibibytes(SIZES_GIB[-1]),
        shared_margin=figures.mebibytes(advice.SHARED_MARGIN_MIB),
        margin=figures.mebibytes(advice.MARGIN_MIB),
        machine_context=figures.tokens(AGENT),
        worthy=wording.listed(worthy) if worthy else "none",
    )
