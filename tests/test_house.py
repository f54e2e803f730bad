"""How the code is laid out and named: three lifetimes, names that say what they hold, files of a size to read."""

import ast
from pathlib import Path

import pytest

from tests.house.bindings import bindings
from tests.house.lifetimes import other_caches
from tests.house.sizes import MEASURED, MOST_LINES, long_files
from tests.house.sources import Source, sources, write
from tests.processes import ROOT

# What is remembered by other means than the three, each with its reason.
OTHER_CACHES = {
    "catalog.snapshot._last: a name of the module that a function binds anew": (
        "It is the snapshot itself, whose end is the end of everything that is per_snapshot."
    ),
    "catalog.interchange.records.columns: functools.cache for each choice of arguments": (
        "The fields of a class of records follow from the release; there are as many answers as classes."
    ),
    **dict.fromkeys(
        (
            "catalog.interchange.records._readers: functools.cache for each choice of arguments",
            "catalog.interchange.records._writers: functools.cache for each choice of arguments",
        ),
        "What reads and writes the fields of a class of records: as of `columns`, which they are made of.",
    ),
}
# Files that are longer than tests.house.sizes.MOST_LINES, each with its reason.
LONG_FILES: dict[str, str] = {}
VAGUE_NAMES = {"found", "known", "one", "said"}


def test_nothing_is_remembered_but_for_one_of_three_lifetimes() -> None:
    assert [cache for source in sources() for cache in other_caches(source) if cache not in OTHER_CACHES] == []


def test_each_exception_is_still_there() -> None:
    assert OTHER_CACHES.keys() <= {cache for source in sources() for cache in other_caches(source)}


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("from functools import lru_cache", "lru_cache: another kind of cache"),
        ("import functools\n@functools.lru_cache(maxsize=8)\ndef f(x): ...", "lru_cache: another kind of cache"),
        ("from django.core.cache import caches", "django.core.cache: another kind of cache"),
        ("import weakref\nKEPT = weakref.WeakKeyDictionary()", "WeakKeyDictionary: another kind of cache"),
        ("@cache\ndef f(x): ...", "f: functools.cache for each choice of arguments"),
        ("class A:\n    @functools.cache\n    def f(self): ...", "f: functools.cache for each choice of arguments"),
        ("@cache\ndef f(*, x=1): ...", "f: functools.cache for each choice of arguments"),
        ("@cache\ndef f(*xs): ...", "f: functools.cache for each choice of arguments"),
        ("g = cache(f)", "cache(f): functools.cache of a function that may take arguments"),
        ("_x = None\ndef f():\n    global _x\n    _x = 1", "_x: a name of the module that a function binds anew"),
        ("_x = {}", "_x: starts empty, to be filled"),
        ("_x: dict[str, int] = {}", "_x: starts empty, to be filled"),
        ("_x = []", "_x: starts empty, to be filled"),
        ("_x = set()", "_x: starts empty, to be filled"),
        ("_x = collections.defaultdict(list)", "_x: starts empty, to be filled"),
        ("class A:\n    kept: dict[str, int] = {}", "kept: starts empty, to be filled"),
        ("_x = {1: 2}\ndef f(y):\n    _x[y] = 3", "_x: filled by f"),
        ("_x = {1}\ndef f(y):\n    _x.add(y)", "_x: filled by f"),
    ],
)
def test_another_way_to_remember_is_caught(tmp_path: Path, text: str, caught: str) -> None:
    assert f"fit.module.{caught}" in other_caches(_source(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "@cache\ndef f(): ...",
        "class A:\n    @cached_property\n    def f(self): ...",
        "@per_snapshot\ndef f(snapshot, x): ...",
        "_x = {1: 2}\ndef f(y):\n    return _x[y]",
        "_x = {1}\ndef f(y):\n    _x = {}\n    _x[y] = 3\n    return _x",
        "def f(y):\n    own = set()\n    own.add(y)",
        "class A:\n    def __init__(self):\n        self.x = {}",
        "_x = tuple()\n_Y = frozenset()\n_z = dict(a=1)",
    ],
)
def test_what_keeps_nothing_is_not_taken_for_a_cache(tmp_path: Path, text: str) -> None:
    assert other_caches(_source(tmp_path, text)) == []


def test_no_name_is_one_that_says_nothing() -> None:
    vague = [
        f"{source.name}:{line} binds {name}"
        for source in sources()
        for line, name in bindings(source.tree)
        if name in VAGUE_NAMES
    ]
    assert vague == []


@pytest.mark.parametrize(
    "text",
    [
        "found = 1",
        "found: int = 1",
        "found += 1",
        "a, *found = b",
        "(found := 1)",
        "for found in a: ...",
        "[found for found in a]",
        "{a: found for a, found in b}",
        "with a as found: ...",
        "import a as found",
        "from a import b as found",
        "def f(found): ...",
        "def f(*, found=1): ...",
        "def f(**found): ...",
        "lambda found: 1",
        "def found(): ...",
        "class found: ...",
        "class A:\n    found: int",
        "class A:\n    def f(self):\n        self.found = 1",
        "try: ...\nexcept E as found: ...",
        "match a:\n    case [found]: ...",
        "match a:\n    case {1: b, **found}: ...",
    ],
)
def test_a_vague_name_is_caught_wherever_it_is_bound(text: str) -> None:
    assert "found" in {name for _, name in bindings(ast.parse(text))}


def test_a_name_that_is_only_read_is_not_bound() -> None:
    assert [name for _, name in bindings(ast.parse("print(found, a.found, f(found=1))"))] == []


def test_files_are_of_a_size_to_read() -> None:
    assert {source.name for source in long_files(sources(ROOT, MEASURED))} == LONG_FILES.keys()


def test_a_long_file_is_caught_from_its_first_line_too_many(tmp_path: Path) -> None:
    assert long_files(iter([_source(tmp_path, "x = 1\n" * (MOST_LINES - 1))])) == []
    assert long_files(iter([_source(tmp_path, "x = 1\n" * MOST_LINES)])) == [_source(tmp_path, "x = 1\n" * MOST_LINES)]


def _source(folder: Path, text: str) -> Source:
    write(folder, {"fit/module.py": f"{text}\n"})
    return Source(folder / "fit" / "module.py", folder)
