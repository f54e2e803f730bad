"""Architecture documents that would take forever, all memory or the stack; and the pages that count by them."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

from tests.hostile.request import SIGNED_IN, Request, chance, family, form, raw
from tests.hostile.surface import Surface

PREFIXES = ("", "[", '{"blocks": ', '{"blocks": [{"n": 1, "mixers": ', '{"gguf": {"a": ')
NUMBERS = (
    "9" * 5000,
    "1e400",
    "-1",
    "NaN",
    "Infinity",
    "10000000",
    "1e999999999",
    "0",
    "9" * 19,
    "1.5",
    "true",
    "1E+400",
)


def _nested(choice: random.Random, document: dict[str, Any]) -> str:
    depth = choice.choice((50, 400, 900, 5_000, 100_000))
    return choice.choice(PREFIXES) + choice.choice(("[", '{"a":', '[[{"a":')) * depth


def _closed(choice: random.Random, document: dict[str, Any]) -> str:
    depth = choice.choice((50, 400, 900, 5_000, 50_000))
    deep = choice.choice(("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth))
    return choice.choice(PREFIXES[:2]) + deep


def _number(choice: random.Random, document: dict[str, Any]) -> str:
    """A number of the document, anywhere, becomes an absurd one."""
    places = _places(document)
    holder, key = choice.choice([place for place in places if isinstance(place[0][place[1]], int)])
    holder[key] = "@@"
    return json.dumps(document).replace('"@@"', choice.choice(NUMBERS))


def _layers(choice: random.Random, document: dict[str, Any]) -> str:
    choice.choice(document["blocks"])["n"] = choice.choice((1_000, 1_001, 100_000, 10_000_000))
    return json.dumps(document)


def _groups(choice: random.Random, document: dict[str, Any]) -> str:
    document["blocks"] = document["blocks"] * choice.choice((65, 1_000, 5_000))
    return json.dumps(document)


def _pattern(choice: random.Random, document: dict[str, Any]) -> str:
    document["layer_pattern"] = [0] * choice.choice((1_001, 200_000))
    return json.dumps(document)


def _arithmetic(choice: random.Random, document: dict[str, Any]) -> str:
    sums = (
        "9" * 5000,
        "*".join(["9" * 9] * 400),
        "+".join(["1"] * 9000),
        "1**9**9",
        "9*" * 3000,
        "\u0661*2",
        "2*-1",
        "1 * 2",
    )
    document["extra"] = {"odd": choice.choice(sums)}
    return json.dumps(document)


def _names(choice: random.Random, document: dict[str, Any]) -> str:
    odd_one = choice.choice(("\\ud800", "\\u0000", "\\udfff\\ud800", "a" * 100_000, "<zqx>", "\\uffff"))
    place = choice.choice(("extra", "lookup_tables", "gguf"))
    document[place] = {"@@": {"rows": 1, "row_length": 1} if place == "lookup_tables" else 1}
    document["layer_note"] = document["blocks"][0]["layer_note"] = "@@" if choice.random() < 0.5 else "plain"
    return json.dumps(document).replace("@@", odd_one)


def _many(choice: random.Random, document: dict[str, Any]) -> str:
    document["extra"] = {f"a{number}": 1 for number in range(choice.choice((1_001, 50_000)))}
    return json.dumps(document)


def _cut(choice: random.Random, document: dict[str, Any]) -> str:
    text = json.dumps(document)
    return text[: choice.randint(0, len(text))] + choice.choice(("", "\0", "\ud800", "}", "//", "'", "\ufeff"))


def _swapped(choice: random.Random, document: dict[str, Any]) -> str:
    holder, key = choice.choice(_places(document))
    holder[key] = choice.choice((None, [], {}, "", "zqx", [[]], {"a": {}}, True, -1, 2**70))
    return json.dumps(document)


TWISTS: tuple[Callable[[random.Random, dict[str, Any]], str], ...] = (
    _nested, _closed, _number, _number, _layers, _groups, _pattern, _arithmetic, _names, _many, _cut, _swapped,
    _swapped,
)  # fmt: skip


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every value within a document, as what holds it and its key there."""
    items = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [(value, key) for key, _ in items] + [place for _, inner in items for place in _places(inner)]


def architecture(surface: Surface, name: str) -> Request:
    """A model's form with a twisted document; of every four requests the last asks for the model's pages instead."""
    choice, number = chance(name), int(name.split(":")[2])
    row = choice.choice(surface.rows["languagemodel"])
    fields = dict(surface.forms[row])
    if number % 4 == 3:
        data = _reader(choice, surface, row, fields["slug"])
        return Request(name, f"after architecture, {family(data.split(b' ')[1].decode())}", data)
    document = copy.deepcopy(json.loads(fields["architecture"]))
    fields["architecture"] = choice.choice(TWISTS)(choice, document)
    return Request(name, "architecture", form(row, fields, signed_in=True))


def _reader(choice: random.Random, surface: Surface, row: str, slug: str) -> bytes:
    gpu = choice.choice(surface.gpus)
    pages = (
        f"/models/{slug}/",
        f"/run/{slug}-on-{gpu}/",
        f"/gpus/{gpu}/",
        f"/calculator/?model={slug}&gpu={gpu}&context=9999",
    )
    return raw("GET", choice.choice((*pages, row)), SIGNED_IN)
