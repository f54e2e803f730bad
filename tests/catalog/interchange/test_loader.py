"""Whatever editors did and whatever the next release has: a load never fails, keeps what is theirs, and is at rest."""

import random
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from catalog.interchange.loaded_as import as_of_today
from catalog.interchange.placed_records import InterchangeError
from catalog.interchange.records import RecordError, fill, to_line, to_record
from catalog.interchange.references import References
from catalog.models import RECORD_MODELS, CatalogRecord, Quant, RetiredSlug
from tests.catalog import small_files as made
from tests.catalog.data_files import (
    ARTIFACTS,
    BENCHMARKS,
    GPUS,
    MODELS,
    PICKS,
    POPULARITY,
    PRICES,
    QUANTS,
    REPOSITORIES,
    SCORES,
)
from tests.catalog.rows import everything
from tests.catalog.small_files import SmallFiles, card, file, first_release, level, measured, model, reload, repository

pytestmark = pytest.mark.django_db
NEW: dict[str, Any] = {
    QUANTS: lambda slug, **facts: level(slug, **{"order": 50, **facts}),
    GPUS: card,
    MODELS: model,
    ARTIFACTS: file,
    REPOSITORIES: repository,
    BENCHMARKS: measured,
    **{POPULARITY: made.popularity, SCORES: made.score, PRICES: made.price, PICKS: made.pick},
}
FILES = dict(zip(NEW, RECORD_MODELS, strict=True))
# Values that collide with one another, with what is there and with one another's fields.
VALUES: dict[str, dict[str, list[Any]]] = {
    QUANTS: {
        "name": ["Q-4", "Q-5", "Q-8", "Q-9", "Q-X"],
        "order": [20, 30, 40, 50, 60],
        "is_default": [True, False],
        "shown": ["always", "lower", "folded"],
        "worth_recommending": [True, False],
        "bytes_per_weight": [0.5, None],
        "status": ["published", "draft"],
    },
    GPUS: {
        "name": ["C-1", "C-2", "C-9", "C-X"],
        "memory_gb": [8, 24],
        "carve_out_gb": [16, None],
        "status": ["draft", "published"],
        "sources": [["https://example.org/other"], []],
        "saved_anyway": [[{"check": "a", "says": "b", "reason": "c"}], []],
    },
    MODELS: {
        "name": ["M-1", "M-2", "M-9"],
        "parameters": [1_000, 8_000_000_000],
        "active_parameters": [2_000, None],
        "mixture_of_experts": [True, False],
        "native_context": [8192, 32768],
        "extended_context": [16384, None],
        "file_context": [8192, None],
        "architecture": [None, model("m")["architecture"]],
    },
    ARTIFACTS: {
        "label": ["Q4", "Q8"],
        "repository": ["a/b", "b/b", "c/c", ""],
        "preferred": [True, False],
        "quant": ["q-4", "q-8", None],
        "model": ["m-1", "m-2"],
        "kind_of_file": ["gguf", "mlx"],
        "token_list_bytes": [1000, None],
        "size_bytes": [5_000_000_000, 900],
        "status": ["draft", "published"],
    },
    REPOSITORIES: {"name": ["a/r-1", "a/r-2", "r"], "model": ["m-1", "m-2"], "kind_of_files": ["gguf", "ollama"]},
    BENCHMARKS: {
        "name": ["B-1", "B-2"],
        "gpu": ["c-1", "c-2", None],
        "gpu_count": [1, 2],
        "split": ["layer", ""],
        "context_tokens": [10, 100],
        "depth_tokens": [50, None],
        "weights_bytes": [10, None],
        "active_weights_bytes": [20, None],
    },
    POPULARITY: {"model": ["m-1", "m-2"], "pulls": [100, None], "pulls_90_days": [50, 500, None]},
    SCORES: {"model": ["m-1", "m-2"], "board": ["Board", "Board v2"], "score": [30, 45.5]},
    PRICES: {"gpu": ["c-1", "c-2"], "amount": [500, 900.5], "lowest": [400, 800, None], "highest": [600, None]},
    PICKS: {"model": ["m-1", "m-2"], "use": ["code", "fast", "long"], "memory_class": [24, 16]},
}


def edit(chance: random.Random) -> None:
    """One thing that an editor does: change, rename, delete or add; what the desk would refuse is not done."""
    name = chance.choice(list(FILES))
    kind = FILES[name]
    row = chance.choice([*kind.objects.all(), None])
    does = chance.choice(["change", "change", "change", "rename", "delete"])
    if row is None:
        fresh = to_row(name, NEW[name](f"x-{chance.randrange(9)}"))
        save(fresh) if fresh else None
    elif does == "delete":
        delete(row)
    else:
        record = to_record(row, References())
        record |= {"slug": f"{row.slug}-{chance.randrange(3)}"} if does == "rename" else some_value(name, chance)
        changed = to_row(name, record, row)
        save(changed) if changed else None


def some_value(name: str, chance: random.Random) -> dict[str, Any]:
    field = chance.choice(list(VALUES[name]))
    return {field: chance.choice(VALUES[name][field])}


def to_row(name: str, record: dict[str, Any], row: CatalogRecord | None = None) -> CatalogRecord | None:
    row = row or FILES[name]()
    try:
        fill(row, record, References())
    except RecordError:
        return None
    return row


def delete(row: CatalogRecord) -> None:
    with suppress(ProtectedError):
        row.delete()


def save(row: CatalogRecord) -> None:
    try:
        row.full_clean()
    except ValidationError:
        return
    row.save()


def next_release(chance: random.Random) -> dict[str, list[dict[str, Any]]]:
    """The first release with some changes, in itself without a fault: a file that has one is as it was."""
    release = first_release()
    for _ in range(chance.randrange(1, 12)):
        name = chance.choice(list(release))
        if chance.random() < 0.25:
            release[name].append(NEW[name](f"n-{chance.randrange(90)}", **some_value(name, chance)))
        else:
            chance.choice(release[name]).update(some_value(name, chance))
    for name, first in first_release().items():
        if release[name] != first and not loads({**first_release(), name: release[name]}):
            release[name] = first
    return release if loads(release) else first_release()


def loads(release: dict[str, list[dict[str, Any]]]) -> bool:
    """Whether an empty catalog takes it."""
    with TemporaryDirectory() as folder:
        write(Path(folder), release)
        try:
            with transaction.atomic():
                reload(Path(folder))
                transaction.set_rollback(True)
        except InterchangeError:
            return False
    return True


def write(folder: Path, release: dict[str, list[dict[str, Any]]]) -> None:
    for name, records in release.items():
        text = "".join(to_line(record) + "\n" for record in sorted(records, key=lambda record: record["slug"]))
        (folder / name).write_text(text, encoding="utf-8")


def edited_values() -> dict[tuple[str, int], tuple[str, dict[str, Any]]]:
    """What editors changed: of each row the fields that are not as it was loaded; of one without an origin, all."""
    references = References()
    edits = {}
    for kind in RECORD_MODELS:
        for row in kind.objects.all():
            ours = to_record(row, references)
            base = as_of_today(kind, row.loaded_record, references) if row.loaded_record else {}
            names = [name for name in {**ours, **base} if ours.get(name) != base.get(name)]
            edits[kind.kind(), row.pk] = (row.slug, {name: ours.get(name) for name in names})
    return edits


@settings(
    max_examples=25,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**9))
def test_no_release_stops_at_what_editors_did(small_files: SmallFiles, seed: int) -> None:
    chance = random.Random(seed)
    write(small_files.directory, first_release())
    reload(small_files.directory)
    release = next_release(chance)
    for _ in range(chance.randrange(1, 10)):
        edit(chance)
    ours, gone, had_default = edited_values(), deleted(), Quant.objects.filter(is_default=True).exists()
    write(small_files.directory, release)
    small_files.load()
    assert_kept(ours)
    assert deleted() >= gone
    assert Quant.objects.filter(is_default=True).exists() or not had_default
    before = everything()
    again = small_files.load()
    assert (again.created, again.updated) == (0, 0)
    assert everything() == before


def assert_kept(edits: dict[tuple[str, int], tuple[str, dict[str, Any]]]) -> None:
    references = References()
    for kind in RECORD_MODELS:
        for row in kind.objects.all():
            _, fields = edits.get((kind.kind(), row.pk), ("", {}))
            record = to_record(row, references)
            assert {name: record.get(name) for name in fields} == fields, (kind, row.slug)


def deleted() -> set[tuple[str, str]]:
    return set(RetiredSlug.objects.filter(why="deleted").values_list("kind", "slug"))
