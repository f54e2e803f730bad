"""Filters of lists: what can be chosen, what was chosen, and a sentence where that is nothing there is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.verdict import Kind, Verdict
from fitpages.matching.examples import MAIN_SIZES_GB
from fitpages.pages.common.answer_words import KEYS, KINDS
from fitpages.pages.common.picker import Choice
from fitpages.text import wording

Options = Sequence[tuple[str, str]]

# Bands of billions of parameters: above the first, up to the second.
SIZE_BANDS = ((0, 3), (3, 9), (9, 15), (15, 35), (35, 80), (80, 200), (200, None))


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
    """Vendor, segment, memory."""
    gpus = snapshot.gpus.values()
    return (
        facet(query, "vendor", "Vendor", _distinct((gpu.vendor, gpu.vendor) for gpu in gpus)),
        facet(query, "segment", "Kind", _distinct((gpu.segment, gpu.segment_name) for gpu in gpus)),
        facet(query, "memory", "Memory", [(str(step), f"{step} GiB or more") for step in MAIN_SIZES_GB]),
    )


def model_facets(query: Mapping[str, str], snapshot: Snapshot) -> tuple[Facet, ...]:
    """Family, size, licence."""
    models = snapshot.models.values()
    return (
        facet(query, "family", "Family", _distinct((model.family, model.family) for model in models)),
        facet(query, "size", "Size", [(_band_value(band), _band_text(band)) for band in SIZE_BANDS]),
        facet(query, "licence", "Licence", _distinct((model.licence, model.licence) for model in models)),
    )


def answer_facet(query: Mapping[str, str]) -> Facet:
    """What the answer is: a kind, or any that begins with yes."""
    kinds = [(KEYS[kind], wording.sentence(KINDS[kind])) for kind in Kind]
    return facet(query, "answer", "Answer", [(YES, "Yes, in some way"), *kinds])


def is_chosen(of_answers: Facet, verdict: Verdict) -> bool:
    """Whether a verdict passes the filter of `answer_facet`."""
    return verdict.says_yes if of_answers.value == YES else of_answers.value in ("", KEYS[verdict.kind])


def chosen_gpus(facets: Sequence[Facet], gpus: Iterable[PublishedGpu]) -> list[PublishedGpu]:
    """The GPUs that pass the filters of `gpu_facets`."""
    vendor, segment, memory = (facet.value for facet in facets)
    tests: list[Callable[[PublishedGpu], bool]] = []
    if vendor:
        tests.append(lambda gpu: gpu.vendor == vendor)
    if segment:
        tests.append(lambda gpu: gpu.segment == segment)
    if memory:
        tests.append(lambda gpu: gpu.spec.nameplate_gb >= Decimal(memory))
    return [gpu for gpu in gpus if all(test(gpu) for test in tests)]


def chosen_models(facets: Sequence[Facet], models: Iterable[PublishedModel]) -> list[PublishedModel]:
    """The models that pass the filters of `model_facets`."""
    family, size, licence = (facet.value for facet in facets)
    tests: list[Callable[[PublishedModel], bool]] = []
    if family:
        tests.append(lambda model: model.family == family)
    if size:
        above, up_to = next(band for band in SIZE_BANDS if _band_value(band) == size)
        most = up_to * 10**9 if up_to else None
        tests.append(
            lambda model: above * 10**9 < model.spec.parameters and (not most or model.spec.parameters <= most)
        )
    if licence:
        tests.append(lambda model: model.licence == licence)
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
