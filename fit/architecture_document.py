"""Read an architecture document (parsed JSON) into an `Architecture`, or say everything that is wrong with it.

The schema is the type annotations in `fit.architecture`. A problem names the block and the key in the words of the
document: "blocks[1].mixers[0].kv_heads must be a whole number of at least 1, not 0".
"""

import ast
import operator
import reprlib
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache, partial
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from fit.architecture import FEED_FORWARD_KINDS, Architecture, Experts, FeedForward, LayerGroup
from fit.architecture_bounds import MOST_TEXT, excesses, too_large
from fit.mixers import MIXER_KINDS, GroupedQueryAttention, Mixer
from fit.worked_out import WorkedOut

# The largest vocabulary and the widest layer known are below a million; ten times that is a slip of the keyboard.
LARGEST_COUNT = 10**7
# Of a document that is wrong throughout, so many problems are listed.
MOST_PROBLEMS = 20
# Arithmetic adds whole tables, such as per-layer embeddings; none known reaches 10^11 weights.
LARGEST_ARITHMETIC = 10**12
_OPERATORS: dict[type, Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
}


# Longer than what is shown, so that only depth is cut here.
_BRIEF = reprlib.Repr()
_BRIEF.maxstring = _BRIEF.maxlong = _BRIEF.maxother = 200


class ArchitectureError(ValueError):
    """An architecture document is wrong; `problems` lists every fault, each a sentence for an editor."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def read(document: object) -> Architecture:
    """The architecture that a document describes; raises ArchitectureError with every problem found."""
    refusal = too_large(document)
    _refuse([refusal] if refusal else [])
    problems: list[str] = []
    architecture: Architecture = _dataclass(Architecture, document, "", problems)
    _refuse(problems)
    _refuse([*excesses(architecture), *_disagreements(architecture)])
    return architecture


def _refuse(problems: list[str]) -> None:
    """Raise ArchitectureError where there are problems; of very many with the first, and how many more there are."""
    shown, more = problems[:MOST_PROBLEMS], len(problems) - MOST_PROBLEMS
    if more > 0:
        shown.append(f"There are {more:,} problems more.")
    if shown:
        raise ArchitectureError(shown)


def arithmetic(value: object) -> int:
    """The value of a whole number or of sums and products of them ("2*2048+1"); ValueError otherwise."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError
    try:
        return _evaluate(ast.parse(value, mode="eval").body)
    except (SyntaxError, ZeroDivisionError, RecursionError, MemoryError) as error:
        raise ValueError from error


def _evaluate(node: ast.expr) -> int:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_evaluate(node.left), _evaluate(node.right))
    raise ValueError


@cache
def _hints() -> Mapping[type, Mapping[str, Any]]:
    """The types of the fields of each kind, which are the release's."""
    return WorkedOut(partial(get_type_hints, include_extras=True))


def _dataclass(kind: type, value: object, where: str, problems: list[str], *, typed: bool = False) -> Any:
    """An object of `kind`; `typed` where the document says which kind in a key of its own, "type"."""
    if not isinstance(value, Mapping):
        problems.append(f"{where or 'The document'} must be an object with named values, not {_shown(value)}.")
        return None
    hints = _hints()[kind]
    allowed = {field.name: field for field in fields(kind)}
    problems.extend(
        f"{_join(where, _key(key))} is not a key known here: {', '.join(allowed)}."
        for key in value
        if key not in allowed and not (typed and key == "type")
    )
    read_values = {
        name: _value(hints[name], value[name], _join(where, name), problems) for name in allowed if name in value
    }
    missing = [name for name, field in allowed.items() if name not in value and _required(field)]
    problems.extend(f"{_join(where, name)} is missing." for name in missing)
    return None if missing else kind(**read_values)


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _value(hint: Any, value: object, where: str, problems: list[str]) -> Any:
    if hint == Mixer:
        return _one_of(MIXER_KINDS, value, where, problems)
    if hint == FeedForward:
        return _one_of(FEED_FORWARD_KINDS, value, where, problems)
    origin = get_origin(hint)
    if origin in (types.UnionType, Union):
        if value is None:
            return None
        return _value(next(part for part in get_args(hint) if part is not type(None)), value, where, problems)
    if origin is tuple:
        return _list(get_args(hint)[0], value, where, problems)
    if origin is dict:
        return _table(get_args(hint)[1], value, where, problems)
    if is_dataclass(hint):
        return _dataclass(hint, value, where, problems)  # type: ignore[arg-type]  # a dataclass type is a type
    return _scalar(hint, value, where, problems)


def _one_of(kinds: Mapping[str, type], value: object, where: str, problems: list[str]) -> Any:
    name = value.get("type") if isinstance(value, Mapping) else None
    if not isinstance(name, str) or name not in kinds:
        problems.append(f"{_join(where, 'type')} must be one of {', '.join(kinds)}, not {_shown(name)}.")
        return None
    return _dataclass(kinds[name], value, where, problems, typed=True)


def _list(hint: Any, value: object, where: str, problems: list[str]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        problems.append(f"{where} must be a list, not {_shown(value)}.")
        return ()
    return tuple(_value(hint, item, f"{where}[{index}]", problems) for index, item in enumerate(value))


def _table(hint: Any, value: object, where: str, problems: list[str]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        problems.append(f"{where} must be an object with named values, not {_shown(value)}.")
        return {}
    return {key: _value(hint, item, _join(where, _key(key)), problems) for key, item in value.items()}


def _scalar(hint: Any, value: object, where: str, problems: list[str]) -> Any:
    expected = _fault(hint, value)
    if expected:
        problems.append(f"{where} must be {expected}, not {_shown(value)}.")
        return None
    is_arithmetic = get_origin(hint) is Annotated and hint.__metadata__ == ("arithmetic",)
    return arithmetic(value) if is_arithmetic else value


def _fault(hint: Any, value: object) -> str | None:
    """What the value should have been, or None where it is right."""
    if get_origin(hint) is Literal:
        return None if value in get_args(hint) else f"one of {', '.join(get_args(hint))}"
    if hint is bool:
        return None if isinstance(value, bool) else "true or false"
    if hint is str:
        return (
            None if isinstance(value, str) and len(value) <= MOST_TEXT else f"text of at most {MOST_TEXT:,} characters"
        )
    if hint.__metadata__ == ("arithmetic",):
        return None if _is_arithmetic(value) else 'a whole number or a product and sum of them such as "2*2048+1"'
    least = 0 if hint.__metadata__ == ("count or zero",) else 1
    is_count = isinstance(value, int) and not isinstance(value, bool) and least <= value <= LARGEST_COUNT
    return None if is_count else f"a whole number from {least} to {LARGEST_COUNT:,}"


def _is_arithmetic(value: object) -> bool:
    try:
        return 0 <= arithmetic(value) <= LARGEST_ARITHMETIC
    except ValueError:
        return False


def _disagreements(architecture: Architecture) -> list[str]:
    """Figures that are possible alone and impossible together."""
    problems = []
    if not architecture.blocks:
        problems.append("blocks must name at least one group of layers.")
    problems += _in_blocks(architecture.blocks, "blocks")
    if architecture.mtp:
        problems += _in_blocks(architecture.mtp.blocks, "mtp.blocks")
    if any(index >= len(architecture.blocks) for index in architecture.layer_pattern or ()):
        problems.append(f"layer_pattern must name groups from 0 to {len(architecture.blocks) - 1}.")
    return problems


def _in_blocks(blocks: tuple[LayerGroup, ...], name: str) -> Iterator[str]:
    for index, block in enumerate(blocks):
        where = f"{name}[{index}]"
        if isinstance(block.ffn, Experts) and block.ffn.active > block.ffn.experts:
            yield f"{where}.ffn.active must not exceed experts ({block.ffn.experts})."
        for position, mixer in enumerate(block.mixers):
            if isinstance(mixer, GroupedQueryAttention) and mixer.heads % mixer.kv_heads:
                yield f"{where}.mixers[{position}].heads must be a multiple of kv_heads ({mixer.kv_heads})."


def _join(where: str, key: object) -> str:
    return f"{where}.{key}" if where else str(key)


def _key(key: object) -> str:
    return _cut(str(key))


def _shown(value: object) -> str:
    """The value in at most 60 characters, however long or deep it is."""
    try:
        return _cut(_BRIEF.repr(value))
    except ValueError:
        # Python writes no number of thousands of digits.
        return "a number of thousands of digits"


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
