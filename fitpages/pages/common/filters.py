"""Filters of lists: what can be chosen, what was chosen, and a sentence where that is nothing there is."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.models.uses import Use
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.uses import AGENT, CHAT
from fit.verdict import Kind
from fitpages.matching.answers import Answer
from fitpages.matching.examples import MAIN_SIZES_GB
from fitpages.matching.for_use import LONG, serves
from fitpages.matching.prices import costs_at_most
from fitpages.pages.common.answer_words import KEYS, KINDS
from fitpages.pages.common.picker import Choice
from fitpages.text import figures, wording

Options = Sequence[tuple[str, str]]

# Bands of billions of parameters: above the first, up to the second.
SIZE_BANDS = ((0, 3), (3, 9), (9, 15), (15, 35), (35, 80), (80, 200), (200, None))

# What an answer speaks for, in tokens, and makes at that, in tokens per second.
CONTEXTS = (CHAT, 16_384, AGENT)
SPEEDS = (5, 10, 15, 30, 60)
# In US dollars.
PRICES = (250, 500, 750, 1000, 1500, 2500, 5000)

# The choice of every answer that begins with yes.
YES = "yes"


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One filter. `value` is "" where nothing, or nothing that there is, was chosen."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    value: str
    error: str = ""


def facet(query: Mapping[str, str], name: str, label: str, options: Options, anything: str = "Any") -> Facet:
    """The filter `name` as the query sets it; with `anything` empty, the first option stands for no choice."""
    wanted = query.get(name, "").strip()
    all_options = [("", anything), *options] if anything else list(options)
    is_option = wanted in {value for value, _ in all_options}
    value = wanted if is_option else ""
    error = f"There is no choice “{wanted[:40]}” here. Choose from the list." if wanted and not is_option else ""
    choices = tuple(Choice(option, text, option == value) for option, text in all_options)
    return Facet(name=name, label=label, choices=choices, value=value, error=error)


def gpu_facets(query: Mapping[str, str], snapshot: Snapshot) -> tuple[Facet, ...]:
    """Vendor, segment, memory, price."""
    gpus = snapshot.gpus.values()
    return (
        facet(query, "vendor", "Vendor", _distinct((gpu.vendor, gpu.vendor) for gpu in gpus)),
        facet(query, "segment", "Kind", _distinct((gpu.segment, gpu.segment_name) for gpu in gpus)),
        facet(query, "memory", "Memory", [(str(step), f"{step} GiB or more") for step in MAIN_SIZES_GB]),
        facet(query, "price", "Price", [(str(most), f"${most:,} or less") for most in _prices(query.get("price", ""))]),
    )


def model_facets(query: Mapping[str, str], snapshot: Snapshot) -> tuple[Facet, ...]:
    """Use, family, size, licence."""
    models = snapshot.models.values()
    return (
        facet(query, "use", "Use", [*Use.choices, (LONG, "Long documents")]),
        facet(query, "family", "Family", _distinct((model.family, model.family) for model in models)),
        facet(query, "size", "Size", [(_band_value(band), _band_text(band)) for band in SIZE_BANDS]),
        facet(query, "licence", "Licence", _distinct((model.licence, model.licence) for model in models)),
    )


def _prices(wanted: str) -> Sequence[int]:
    """What is offered, and what was asked for besides, as the search does."""
    is_price = re.fullmatch(r"[1-9][0-9]{0,6}", wanted.strip())
    return sorted({*PRICES, int(wanted)}) if is_price else PRICES


def answer_facets(query: Mapping[str, str]) -> tuple[Facet, ...]:
    """What the answer is (a kind, or any that begins with yes), with how much context, how fast."""
    kinds = [(KEYS[kind], wording.sentence(KINDS[kind])) for kind in Kind]
    contexts = [(str(context), f"{figures.tokens(context)} or more") for context in CONTEXTS]
    speeds = [(str(speed), f"{speed} or more") for speed in SPEEDS]
    return (
        facet(query, "answer", "Answer", [(YES, "Yes, in some way"), *kinds]),
        facet(query, "context", "Context", contexts),
        facet(query, "speed", "Tokens/s", speeds),
    )


def is_chosen(facets: Sequence[Facet], answer: Answer) -> bool:
    """Whether an answer passes the filters of `answer_facets`."""
    chosen, verdict = values_of(facets), answer.verdict
    is_kind = verdict.says_yes if chosen["answer"] == YES else chosen["answer"] in ("", KEYS[verdict.kind])
    is_long = not chosen["context"] or (verdict.kind is not Kind.NO and verdict.context >= int(chosen["context"]))
    is_fast = not chosen["speed"] or (answer.tokens_s or 0) >= int(chosen["speed"])
    return is_kind and is_long and is_fast


def values_of(facets: Sequence[Facet]) -> Mapping[str, str]:
    """What was chosen, by the names of the filters."""
    return {facet.name: facet.value for facet in facets}


def chosen_gpus(snapshot: Snapshot, facets: Sequence[Facet], gpus: Iterable[PublishedGpu]) -> list[PublishedGpu]:
    """The GPUs that pass the filters of `gpu_facets`."""
    chosen = values_of(facets)
    tests: list[Callable[[PublishedGpu], bool]] = []
    if chosen["vendor"]:
        tests.append(lambda gpu: gpu.vendor == chosen["vendor"])
    if chosen["segment"]:
        tests.append(lambda gpu: gpu.segment == chosen["segment"])
    if chosen["memory"]:
        tests.append(lambda gpu: gpu.spec.nameplate_gb >= Decimal(chosen["memory"]))
    if chosen["price"]:
        tests.append(lambda gpu: costs_at_most(snapshot, gpu, int(chosen["price"])))
    return [gpu for gpu in gpus if all(test(gpu) for test in tests)]


def chosen_models(facets: Sequence[Facet], models: Iterable[PublishedModel]) -> list[PublishedModel]:
    """The models that pass the filters of `model_facets`."""
    chosen = values_of(facets)
    tests: list[Callable[[PublishedModel], bool]] = []
    if chosen["use"]:
        tests.append(lambda model: serves(model, chosen["use"]))
    if chosen["family"]:
        tests.append(lambda model: model.family == chosen["family"])
    if chosen["size"]:
        above, up_to = next(band for band in SIZE_BANDS if _band_value(band) == chosen["size"])
        most = up_to * 10**9 if up_to else None
        tests.append(
            lambda model: above * 10**9 < model.spec.parameters and (not most or model.spec.parameters <= most)
        )
    if chosen["licence"]:
        tests.append(lambda model: model.licence == chosen["licence"])
    return [model for model in models if all(test(model) for test in tests)]


def _distinct(options: Iterable[tuple[str, str]]) -> Options:
    return sorted({option for option in options if option[0]}, key=lambda option: option[1].casefold())


def _band_value(band: tuple[int, int | None]) -> str:
    return f"{band[0]}-{band[1] or ''}"


def _band_text(band: tuple[int, int | None]) -> str:
    above, up_to = band
    if up_to is None:
        return f"over {above}B"
    return f"{above}B to {up_to}B" if above else f"up to {up_to}B"
