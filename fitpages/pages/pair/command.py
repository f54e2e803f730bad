"""The command of a pair's page: with its flags llama.cpp does what the page counted."""

from typing import NamedTuple

from fit.advice import advised_bytes, advised_context
from fit.assessment import ExactFit, QuantFit
from fit.flags import Flags
from fit.server_flags import server_flags
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.text import figures

ONE_AT_A_TIME = "It serves one request at a time; without -np 1 the server makes four slots, which take more."


class Command(NamedTuple):
    """A llama.cpp command to copy, and what it does."""

    text: str
    effect: str


def command(assessed: AssessedPair) -> Command | None:
    """The command for the advised quantization, or for the default one with part of it in RAM."""
    if assessed.best and assessed.best.exact:
        return _on_the_card(assessed, assessed.best, assessed.best.exact)
    return _with_ram(assessed)


def _on_the_card(assessed: AssessedPair, fit: QuantFit, exact: ExactFit) -> Command:
    """At the advised context with some memory kept free; where that leaves none, at the longest of the reference."""
    accounting = exact.accounting
    context = advised_context(accounting, advised_bytes(assessed.gpu.spec)) or accounting.reference_context
    longer = f"; up to {exact.longest_context:,} fit to the byte" if exact.longest_context > context else ""
    return Command(
        text=f"llama-server {_model_argument(assessed, fit)} {server_flags(accounting, Flags(), context)}",
        effect=f"{assessed.short_name(fit)} with {context:,} tokens of context, all in VRAM{longer}. {ONE_AT_A_TIME}",
    )


def _with_ram(assessed: AssessedPair) -> Command | None:
    fit, offload = assessed.default_fit, assessed.in_ram.experts or assessed.in_ram.layers
    if fit.exact is None or offload is None:
        return None
    accounting = fit.exact.accounting
    context, ram = accounting.reference_context, figures.counted(offload.ram_bytes)
    return Command(
        text=f"llama-server {_model_argument(assessed, fit)} {server_flags(accounting, offload.flags, context)}",
        effect=f"{assessed.short_name(fit)} with {context:,} tokens of context, {ram} of it in RAM. {ONE_AT_A_TIME}",
    )


def _model_argument(assessed: AssessedPair, fit: QuantFit) -> str:
    """The repository and label of the file that the row is of, where the catalog knows one; else a file of your own.

    From a repository the server takes a projector as well, unless it is told not to: what was counted has none.
    """
    file = assessed.files.get(fit.quant.slug)
    if file is None:
        return f"-m your-file-{fit.quant.mix or assessed.short_name(fit)}.gguf"
    without = " --no-mmproj" if assessed.model.tower_parameters else ""
    return f"-hf {file.repository}:{file.label}{without}"
