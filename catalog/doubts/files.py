"""A published file: its bytes against the computed size of its level, its header, its names and its dates."""

from collections.abc import Iterator

from catalog.doubts.dates import seen_before, seen_too_late
from catalog.doubts.doubt import Doubt, figure
from catalog.doubts.near_names import bare
from catalog.doubts.others import Others, but
from catalog.doubts.repositories import names_another
from catalog.models import Artifact
from fit.architecture import Architecture
from fit.file_labels import base_mix
from fit.quant_mixes import BASE_TYPES
from fit.units import GB, GIB

SIZE_PERCENT = 5
# Publishers choose types of their own for their labels: what other files of a label are off by, and this besides.
# Files for MLX have few of a label, and decide no row.
OWN_PERCENT, MLX_PERCENT = 10, 25
FEWEST = 3
UNLIKE_PERCENT = 50
# Files of one model have the same list of tokens, with a little more or less beside it.
TOKEN_PERCENT = 5


def doubts(row: Artifact, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a published file."""
    yield from _size(row, others)
    yield from _rounding(row, others)
    yield from _token_list(row, others)
    yield from _names(row)
    yield from seen_too_late("seen_in", row.seen_in)
    yield from seen_before("seen_in", row.seen_in, row.model.release_date, "its model")


def _size(row: Artifact, others: Others) -> Iterator[Doubt]:
    expected = expected_bytes(row, others)
    if expected is None:
        return
    least, most = _room(row, others)
    step = (row.rounding_bytes or 0) / expected
    if not least - step <= _tensor_bytes(row) / expected <= most + step:
        yield Doubt(
            "size_of_level",
            "size_bytes",
            f"The file has {figure(row.size_bytes)} bytes ({figure(row.size_bytes / GB)} GB), but {_of_what(row)} "
            f"{figure(expected)} ({figure(expected / GB)} GB){_of_others(row, least, most)}. Compare the bytes, the "
            "model and the level.",
        )


def _of_what(row: Artifact) -> str:
    return f"the model's tensors at {_mix(row)} take" if _mix(row) else "one byte a weight is"


def _of_others(row: Artifact, least: float, most: float) -> str:
    return "" if row.quant else f"; expected of {row.label} are {least:.2f} to {most:.2f} times as much"


def expected_bytes(row: Artifact, others: Others) -> int | None:
    """Bytes of the tensors by the mix of the file's level or label; one a weight for a file that llama.cpp cannot load.

    None where neither is known, and for a projector, which has weights of its own.
    """
    if row.kind_of_file == Artifact.Kind.MLX:
        return int(row.model.parameters + (row.model.tower_parameters or 0))
    memory = others.whole_model(row.model).spec.memory
    return memory.nearest_file_bytes(_mix(row), _tensor_bytes(row)) if memory and _mix(row) in BASE_TYPES else None


def _mix(row: Artifact) -> str:
    """Of a model for llama.cpp: of its level, or the one that is nearest to its label."""
    if row.kind_of_file != Artifact.Kind.GGUF:
        return ""
    return row.quant.mix if row.quant else base_mix(row.label) or ""


def _tensor_bytes(row: Artifact) -> int:
    return int(row.size_bytes - (row.token_list_bytes or 0) - (row.draft_bytes or 0))


def _room(row: Artifact, others: Others) -> tuple[float, float]:
    """From where to where the bytes of a file may lie, as shares of the expected ones."""
    if row.quant:
        return 1 - SIZE_PERCENT / 100, 1 + SIZE_PERCENT / 100
    alike = but(others.files, row, lambda other: other.kind_of_file == row.kind_of_file and not other.quant_id)
    same = [other for other in alike if other.label.removeprefix("mlx-") == row.label.removeprefix("mlx-")]
    shares = _shares(same if len(same) >= FEWEST else alike if not _mix(row) else [], others)
    if len(shares) < FEWEST:
        return 1 - UNLIKE_PERCENT / 100, 1 + UNLIKE_PERCENT / 100
    room = (OWN_PERCENT if _mix(row) else MLX_PERCENT) / 100
    return min(shares) * (1 - room), max(shares) * (1 + room)


def _shares(files: list[Artifact], others: Others) -> list[float]:
    """Bytes over those expected, of each file."""
    return [_tensor_bytes(file) / expected for file in files if (expected := expected_bytes(file, others))]


def _rounding(row: Artifact, others: Others) -> Iterator[Doubt]:
    if not row.rounding_bytes:
        return
    if row.rounding_bytes >= row.size_bytes:
        yield Doubt(
            "rounding_of_size",
            "rounding_bytes",
            f"A size of {figure(row.size_bytes)} bytes cannot be rounded to {figure(row.rounding_bytes)}. Compare the "
            "step with the digits that the source gives.",
        )
    steps = {other.rounding_bytes for other in but(others.files, row) if other.rounding_bytes}
    is_usual = row.rounding_bytes in steps or (
        _is_a_step(row.rounding_bytes) and row.rounding_bytes < max(steps, default=GIB)
    )
    if not is_usual:
        yield Doubt(
            "rounding",
            "rounding_bytes",
            f"The size is rounded to {figure(row.rounding_bytes)} bytes; of other files the step is "
            f"{' or '.join(figure(step) for step in sorted(steps)) or 'a digit of a size in GB or GiB'}. A step of "
            "0.01 GB is 10,000,000 bytes, of 0.01 GiB 10,737,418.",
        )


def _is_a_step(size_bytes: int) -> bool:
    """Whether it is one digit of a size in GB or in GiB."""
    return any(size_bytes in (GB // 10**digits, GIB // 10**digits, round(GIB / 10**digits)) for digits in range(10))


def _token_list(row: Artifact, others: Others) -> Iterator[Doubt]:
    """What other files of the model have, or the catalog's least and most bytes a token."""
    if not row.token_list_bytes:
        return
    architecture = others.whole_model(row.model).spec.architecture
    same = but(others.files, row, lambda other: other.model_id == row.model_id and bool(other.token_list_bytes))
    sizes = [other.token_list_bytes or 0 for other in same] or _by_vocabulary(architecture)
    room = 1 + TOKEN_PERCENT / 100
    if sizes and not min(sizes) / room <= row.token_list_bytes <= max(sizes) * room:
        whose = "other files of the model have" if same else "its vocabulary takes, at 20 to 70 bytes a token,"
        yield Doubt(
            "token_list",
            "token_list_bytes",
            f"The header has {figure(row.token_list_bytes)} bytes; {whose} {figure(min(sizes))} to "
            f"{figure(max(sizes))}. Compare it with the file.",
        )


def _by_vocabulary(architecture: Architecture | None) -> list[int]:
    """The lists of the catalog take 23 to 62 bytes a token."""
    return [20 * architecture.vocab_size, 70 * architecture.vocab_size] if architecture else []


def _names(row: Artifact) -> Iterator[Doubt]:
    """File, label, level, publisher and repository name one another."""
    label = bare(row.label)
    if row.file_name and label not in bare(row.file_name) + bare(row.repository):
        yield Doubt(
            "label_in_file_name",
            "file_name",
            f"The label is {row.label}, but the file is {row.file_name}. Compare the two.",
        )
    if row.quant and label not in (bare(row.quant.mix), bare(row.quant.name)):
        yield Doubt(
            "label_of_level",
            "label",
            f"The label is {row.label}, but the level is {row.quant.name}. Compare the two.",
        )
    yield from _model_in_names(row)
    owner = row.repository.partition("/")[0]
    if row.publisher and owner and owner != row.publisher:
        yield Doubt(
            "publisher_of_repository",
            "publisher",
            f"The publisher is {row.publisher}, but the repository is {row.repository}. Compare the two.",
        )


def _model_in_names(row: Artifact) -> Iterator[Doubt]:
    """Repository and file name the model; the record is called by its name."""
    for field in ("repository", "file_name"):
        if "gguf" in getattr(row, field).lower() and names_another(getattr(row, field), row.model):
            yield Doubt(
                f"model_in_{field}",
                field,
                f"{getattr(row, field)} does not name the size or version of the model, {row.model.name}. Compare the "
                "two.",
            )
    if row.model.name not in row.name:
        yield Doubt(
            "model_in_name",
            "name",
            f"The file is called {row.name}, and its model {row.model.name}. Begin the name with the model's.",
        )
