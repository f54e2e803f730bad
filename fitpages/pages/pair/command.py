"""The command of a pair's page: with its flags llama.cpp does what the verdict counted."""

from fit.server_flags import server_flags
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.pages.pair.programs import Program
from fitpages.text import figures


def llama_cpp(assessed: AssessedPair) -> Program | None:
    """The command at the level and the context of the verdict; None where nothing runs or nothing is counted."""
    verdict, accounting = assessed.verdict, assessed.accounting
    if accounting is None or verdict.speed is None:
        return None
    flags = server_flags(accounting, verdict.flags, verdict.context, verdict.cache_type)
    return Program("llama-cpp", "llama.cpp", f"llama-server {_model_argument(assessed)} {flags}", _note(assessed))


def _model_argument(assessed: AssessedPair) -> str:
    """The repository and label of the file that was counted, where the catalog knows one; else a file of your own.

    From a repository the server takes a projector as well, unless it is told not to: what was counted has none.
    """
    file = assessed.files.get(assessed.quant.slug)
    if file is None:
        return f"-m your-file-{assessed.quant.spec.mix or assessed.quant.short_name}.gguf"
    without = " --no-mmproj" if assessed.model.tower_parameters else ""
    return f"-hf {file.repository}:{file.label}{without}"


def _note(assessed: AssessedPair) -> str:
    verdict = assessed.verdict
    context = figures.tokens(verdict.context)
    if verdict.offload:
        card, ram = figures.counted(verdict.offload.card_bytes), figures.counted(verdict.offload.ram_bytes)
        takes = f"Takes {card} on the card and {ram} in RAM with {context} of context."
    else:
        takes = f"Takes {figures.counted(verdict.takes_bytes)} with {context} of context.{_longer(assessed)}"
    unknown = "" if assessed.quant.slug in assessed.files else " No repository with this level is known here."
    return f"{takes}{unknown}"


def _longer(assessed: AssessedPair) -> str:
    """The longest context that advice would go to, and what it takes."""
    verdict, accounting = assessed.verdict, assessed.accounting
    row = next((row for row in assessed.rows if row.quant is verdict.quant), None)
    longest = row.counted.longest if row and row.counted else 0
    if accounting is None or longest <= verdict.context:
        return ""
    return f" For {figures.tokens(longest)}: -c {longest}, {figures.counted(accounting.total(longest))}."
