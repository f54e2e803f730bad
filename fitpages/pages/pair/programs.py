"""The other programs of "Run it": Ollama, LM Studio and MLX, told to load what was counted as far as each can be told.

Flags are those of Ollama (docs/faq.mdx, August 2026), of LM Studio's `lms` and of mlx-lm (their sources, August 2026);
what each of them cannot be told stands in docs/decisions/what-other-programs-are-told.md.
"""

from typing import NamedTuple

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit.kv_cache import CacheType
from fitpages.matching.levels import default_of
from fitpages.matching.repositories import GgufPlace, gguf_place, mlx_repository, ollama_tag, ollama_tag_at
from fitpages.per_snapshot import per_snapshot


class Program(NamedTuple):
    """A tab: the command to copy, of a line or several, and what the program decides for itself."""

    key: str
    name: str
    command: str
    note: str


# Whether it is a Mac and has a GPU; level, context, whether all is on the card, type of cache.
_Where = tuple[bool, bool, PublishedQuant, int, bool, CacheType]


class _Asked(NamedTuple):
    """What the programs are asked to load: a level, with so many tokens of context, all of it on the card or not."""

    snapshot: Snapshot
    model: PublishedModel
    is_mac: bool
    has_gpu: bool
    quant: PublishedQuant
    context: int
    all_on_card: bool
    cache_type: CacheType

    @property
    def is_default(self) -> bool:
        return self.quant is default_of(self.snapshot, self.model)

    @property
    def is_native(self) -> bool:
        """Whether it is the level that the model's weights ship in, which its tag then is as well."""
        return self.is_default and self.quant is not self.snapshot.default_quant

    @property
    def projector(self) -> str:
        return " A projector that comes with it was not counted." if self.model.tower_parameters else ""


def programs(
    snapshot: Snapshot,
    model: PublishedModel,
    gpu: PublishedGpu,
    level: str,
    context: int,
    all_on_card: bool,
    cache_type: CacheType = CacheType.F16,
) -> tuple[Program, ...]:
    """The programs for which the catalog knows a name of the model at this level, the slug of a quantization.

    Of a quantized cache only Ollama can be told, and only its server: the others are left out with it.
    """
    is_mac, has_gpu = gpu.vendor == "Apple", gpu.spec.speed_class != "cpu"
    return _programs(snapshot, model, is_mac, has_gpu, snapshot.quant_of[level], context, all_on_card, cache_type)


@per_snapshot
def _programs(snapshot: Snapshot, model: PublishedModel, *where: *_Where) -> tuple[Program, ...]:
    """The same on most machines: contexts are those that advice is given for, or less than the shortest of them."""
    asked = _Asked(snapshot, model, *where)
    cache_type = asked.cache_type
    place = gguf_place(snapshot, model, asked.quant)
    tabs: tuple[Program | None, ...] = (_ollama(asked, place),)
    if cache_type is CacheType.F16:
        tabs += (_lm_studio(asked, place) if place else None, _mlx(asked))
    return tuple(tab for tab in tabs if tab)


class _Named(NamedTuple):
    """What Ollama takes as a name, and which file that is."""

    name: str
    file: str


def _ollama(asked: _Asked, place: GgufPlace | None) -> Program | None:
    """Its context can be told at its prompt or to its server, but not by a flag; layers it places as it sees fit."""
    named = _named(asked, place)
    if named is None:
        return None
    layers = "; it decides itself how many layers the GPU gets" if asked.has_gpu else ""
    told = f"At its prompt type /set parameter num_ctx {asked.context}{layers}.{_cache(asked)}"
    note = f"{named.file} {told}{asked.projector}"
    return Program("ollama", "Ollama", f"ollama run {named.name}", note)


def _cache(asked: _Asked) -> str:
    quantized = asked.cache_type is not CacheType.F16
    return f" Its server must be started with OLLAMA_KV_CACHE_TYPE={asked.cache_type}." if quantized else ""


def _named(asked: _Asked, place: GgufPlace | None) -> _Named | None:
    """The very file first; Hugging Face gives Ollama none of several parts (github.com/ollama/ollama/issues/5245)."""
    tag, level = ollama_tag(asked.snapshot, asked.model), asked.quant.short_name
    if asked.is_native and tag:
        return _Named(tag, f"The library's own file at {level}; its size may differ.")
    if place and not place.in_parts:
        return _Named(f"hf.co/{place.repository}:{_tag_of(place)}", _file(place))
    exact = ollama_tag_at(asked.snapshot, asked.model, asked.quant.spec.mix)
    if exact:
        return _Named(exact, f"The library's own file at {level}; its size may differ.")
    if asked.is_default and tag:
        return _Named(tag, f"The library's own file, usually {level}; its size may differ.")
    return None


def _tag_of(place: GgufPlace) -> str:
    """A label, which Hugging Face reads from the names of files; where the name has another, the name itself."""
    return place.label if place.label.lower() in (place.file_name or place.label).lower() else place.file_name


def _file(place: GgufPlace) -> str:
    if place.is_counted:
        return "The same file as for llama.cpp."
    return f"The file at {place.label} there; its size may differ."


def _lm_studio(asked: _Asked, place: GgufPlace) -> Program:
    """Without the name that LM Studio gives to what it fetched, which is not known before, `lms load` asks which."""
    full = " --gpu max" if asked.all_on_card and asked.has_gpu else ""
    fetch = f"lms get https://huggingface.co/{place.repository}@{place.label}"
    load = f"lms load --context-length {asked.context} --parallel 1{full}"
    decides = "" if full or not asked.has_gpu else " How much of it the GPU gets LM Studio decides itself."
    note = f"{_file(place)} Choose it where lms load asks.{decides}{asked.projector}"
    return Program("lm-studio", "LM Studio", f"{fetch}\n{load}", note)


def _mlx(asked: _Asked) -> Program | None:
    """On Macs only, and only where the default level would fit, for MLX's four bits take no more than that.

    `--max-kv-size` is left out: models that make their own cache ignore it (mlx_lm/models/cache.py).
    """
    repository = mlx_repository(asked.snapshot, asked.model)
    if not (repository and asked.is_mac and asked.all_on_card and _is_default_or_better(asked)):
        return None
    note = (
        f"MLX's own 4-bit weights, not {asked.quant.short_name}. Its cache grows with the conversation; "
        "--max-tokens limits an answer only."
    )
    command = f"mlx_lm.chat --model {repository} --max-tokens {asked.context}"
    return Program("mlx", "MLX", command, note)


def _is_default_or_better(asked: _Asked) -> bool:
    """Levels stand in the snapshot best first."""
    levels = asked.snapshot.all_quants
    return levels.index(asked.quant) <= levels.index(default_of(asked.snapshot, asked.model))
