"""The command of a pair's page: with its flags llama.cpp does what the verdict counted."""

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.server_flags import server_flags
from fitpages.matching.repositories import gguf_place
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.pages.pair.programs import Program
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures


def llama_cpp(assessed: AssessedPair) -> Program | None:
    """The command at the level and the context of the verdict; None where nothing runs or nothing is counted."""
    verdict, accounting = assessed.verdict, assessed.accounting
    if accounting is None or verdict.speed is None:
        return None
    of_level, where = (assessed.model, assessed.quant, accounting), (verdict.context, verdict.cache_type)
    if verdict.offload:
        command = _command(assessed.snapshot, *of_level, *where, verdict.flags)
    else:
        command = _on_card(assessed.snapshot, *of_level, *where)
    return Program("llama-cpp", "llama.cpp", command, _note(assessed))


@per_snapshot
def _on_card(
    snapshot: Snapshot,
    model: PublishedModel,
    quant: PublishedQuant,
    accounting: Accounting,
    context: int,
    cache_type: CacheType,
) -> str:
    """The same on most cards: contexts are those that advice is given for, or less than the shortest of them."""
    return _command(snapshot, model, quant, accounting, context, cache_type, Flags())


def _command(
    snapshot: Snapshot,
    model: PublishedModel,
    quant: PublishedQuant,
    accounting: Accounting,
    context: int,
    cache_type: CacheType,
    flags: Flags,
) -> str:
    told = server_flags(accounting, flags, context, cache_type)
    return f"llama-server {_model_argument(snapshot, model, quant)} {told}"


def _model_argument(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant) -> str:
    """The repository and label of the level, where the catalog knows one; else a file of your own.

    From a repository the server takes a projector as well, unless it is told not to: what was counted has none.
    """
    place = gguf_place(snapshot, model, quant)
    if place is None:
        return f"-m your-file-{quant.spec.mix or quant.short_name}.gguf"
    without = " --no-mmproj" if model.tower_parameters else ""
    return f"-hf {place.repository}:{place.label}{without}"


def _note(assessed: AssessedPair) -> str:
    verdict = assessed.verdict
    context = figures.tokens(verdict.context)
    if verdict.offload:
        card, ram = figures.counted(verdict.offload.card_bytes), figures.counted(verdict.offload.ram_bytes)
        takes = f"Takes {card} on the card and {ram} in RAM with {context} of context."
    else:
        takes = f"Takes {figures.counted(verdict.takes_bytes)} with {context} of context.{_longer(assessed)}"
    return f"{takes}{_unlike(assessed)}"


def _unlike(assessed: AssessedPair) -> str:
    """Where the command loads another file than was counted, or names none."""
    place = gguf_place(assessed.snapshot, assessed.model, assessed.quant)
    if place is None:
        return " No file at this level is known here: name your own."
    return "" if place.is_counted else " The size of that file is not known here: the level was counted."


def _longer(assessed: AssessedPair) -> str:
    """The longest context that advice would go to, and what it takes."""
    verdict, accounting = assessed.verdict, assessed.accounting
    row = next((row for row in assessed.rows if row.quant is verdict.quant), None)
    if accounting is None or row is None or row.counted is None:
        return ""
    # Beyond the native context more flags would have to be set.
    longest = min(row.counted.longest, accounting.native_context)
    if longest <= verdict.context:
        return ""
    return f" For {figures.tokens(longest)}: -c {longest}, {figures.counted(accounting.total(longest))}."
