"""Where a choice of a machine or a model leads: to its page with what was chosen beside it, or to the pair's."""

from collections.abc import Mapping
from urllib.parse import urlencode

from catalog.slugs import as_slug
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.advice import COMFORTABLE_CONTEXT
from fitpages import addresses
from fitpages.matching.beside import KINDS, SIZES_GIB, USUAL, takes_ram
from fitpages.matching.contexts import CONTEXTS
from fitpages.matching.machine_kinds import plain_computers
from fitpages.matching.search import search

# A machine by this name is a computer without a GPU, of the RAM that was chosen.
NO_GPU = "none"
NO_RAM = "none"
MOST_LETTERS = 100


def address(snapshot: Snapshot, query: Mapping[str, str]) -> str:
    """Of the query of a form: `have` or what is typed as `other`, `ram` and `kind`; `want` and `context`.

    What is no choice is left out; a machine or model that there is not is searched for.
    """
    named = _text(query, "other") or _text(query, "have")
    gpu, model = _machine(snapshot, query), _model(snapshot, _text(query, "want"))
    if model and gpu:
        return addresses.pair(model.slug, gpu.slug)
    if gpu and not _text(query, "want"):
        return addresses.gpu(gpu.slug) + _beside(gpu, query)
    if model and not named:
        return addresses.model(model.slug) + _with_context(query)
    words = " ".join(filter(None, (_text(query, "want"), named if named != NO_GPU else "")))
    return f"{addresses.SEARCH}?{urlencode({'q': words})}" if words else _nothing_chosen(query)


def _nothing_chosen(query: Mapping[str, str]) -> str:
    return addresses.MODELS if "want" in query else addresses.GPUS


def _text(query: Mapping[str, str], name: str) -> str:
    return query.get(name, "").strip()[:MOST_LETTERS]


def _machine(snapshot: Snapshot, query: Mapping[str, str]) -> PublishedGpu | None:
    """What is typed stands before what is chosen, for a list has always something chosen."""
    typed, chosen = _text(query, "other"), _text(query, "have")
    if typed:
        return _typed(snapshot, typed)
    if chosen == NO_GPU:
        return _plain(snapshot, query)
    return snapshot.gpus.get(chosen) or snapshot.gpus.get(snapshot.former_gpu_slugs.get(chosen, ""))


def _typed(snapshot: Snapshot, text: str) -> PublishedGpu | None:
    """The machine of this name, else the only one that a search finds."""
    by_name = {as_slug(gpu.name): gpu for gpu in snapshot.gpus.values()}
    matches = search(snapshot, text).gpus
    return by_name.get(as_slug(text)) or (matches[0] if len(matches) == 1 else None)


def _plain(snapshot: Snapshot, query: Mapping[str, str]) -> PublishedGpu | None:
    """Of the computers without a GPU the one with so much RAM of the kind, else the next smaller, else the smallest."""
    kind, ram = _kind(query).upper(), _text(query, "ram")
    computers = [gpu for gpu in plain_computers(snapshot) if gpu.memory_type == kind]
    gib = int(ram) if ram in map(str, SIZES_GIB) else USUAL.gib if ram != NO_RAM else 0
    smaller = [gpu for gpu in computers if gpu.spec.nameplate_gb <= gib]
    return next(iter(smaller[-1:] or computers[:1]), None)


def _model(snapshot: Snapshot, slug: str) -> PublishedModel | None:
    return snapshot.models.get(slug) or snapshot.models.get(snapshot.former_model_slugs.get(slug, ""))


def _kind(query: Mapping[str, str]) -> str:
    usual = next(name for name, kind in KINDS.items() if kind is USUAL.kind)
    return _text(query, "kind") if _text(query, "kind") in KINDS else usual


def _beside(gpu: PublishedGpu, query: Mapping[str, str]) -> str:
    """RAM beside a card that is not what its page has by itself."""
    ram = _text(query, "ram")
    if not takes_ram(gpu) or ram not in (NO_RAM, *map(str, SIZES_GIB)):
        return ""
    if ram == NO_RAM:
        return f"?{urlencode({'ram': ram})}"
    is_usual = (int(ram), KINDS[_kind(query)]) == USUAL
    return "" if is_usual else f"?{urlencode({'ram': ram, 'kind': _kind(query)})}"


def _with_context(query: Mapping[str, str]) -> str:
    """A context that is not what a model's page has by itself."""
    context = _text(query, "context")
    is_choice = context in map(str, CONTEXTS) and context != str(COMFORTABLE_CONTEXT)
    return f"?{urlencode({'context': context})}" if is_choice else ""
