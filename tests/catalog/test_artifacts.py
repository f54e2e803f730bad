"""Published files and repositories: what an editor's form refuses, and what becomes of rows of an older catalog."""

import importlib
from typing import Any

import pytest

from catalog.interchange.load import load_catalog
from catalog.interchange.records import digest
from catalog.models import Artifact
from catalog.models.artifact import (
    FILE_TWICE,
    MORE_THAN_ALL,
    NOT_LLAMA_CPP,
    PREFERRED_LABEL_TWICE,
    PREFERRED_TWICE,
    WITHOUT_REPOSITORY,
)
from catalog.published_files import by_level
from catalog.snapshot import current
from tests.catalog.rows import artifact, refusals, repository

pytestmark = pytest.mark.django_db

migration = importlib.import_module("catalog.migrations.0008_published_files_of_any_label")
OWNER_AND_NAME = "Write owner and name as in the address: bartowski/Qwen3-8B-GGUF."


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"repository": ""}, "repository", WITHOUT_REPOSITORY),
        ({"repository": "https://huggingface.co/tests/Files"}, "repository", OWNER_AND_NAME),
        ({"label": ""}, "label", "This field cannot be blank."),
        ({"token_list_bytes": 47_415_715_104}, "size_bytes", MORE_THAN_ALL),
        ({"draft_bytes": 47_000_000_000, "token_list_bytes": 415_715_104}, "size_bytes", MORE_THAN_ALL),
        ({"kind_of_file": "projector"}, "quant", NOT_LLAMA_CPP),
        ({"kind_of_file": "mlx", "quant": None, "preferred": True}, "preferred", NOT_LLAMA_CPP),
        ({"seen_in": "2026-13"}, "seen_in", "There is no 2026-13 in the calendar."),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(facts: dict[str, Any], field: str, sentence: str) -> None:
    assert refusals(artifact(**facts))[field] == [sentence]


def test_a_draft_needs_no_repository_and_a_file_may_have_no_level() -> None:
    artifact(status="draft", repository="").full_clean()
    artifact(label="UD-Q4_K_XL", quant=None).full_clean()
    artifact(draft_bytes=47_000_000_000, token_list_bytes=415_715_103).full_clean()


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ({}, {}, FILE_TWICE),
        ({"preferred": True}, {"preferred": True, "repository": "others/Files"}, PREFERRED_TWICE),
        (
            {"preferred": True, "quant": None},
            {"preferred": True, "quant": None, "repository": "others/Files"},
            PREFERRED_LABEL_TWICE,
        ),
    ],
)
def test_a_second_one_is_refused_in_words(first: dict[str, Any], second: dict[str, Any], sentence: str) -> None:
    artifact(**first).save()
    assert refusals(artifact(name="Second", slug="second", **second)) == {"__all__": [sentence]}


def test_a_repository_is_named_as_in_its_address_and_a_tag_as_ollama_does() -> None:
    repository(name="tests:8b", kind_of_files="ollama").full_clean()
    assert refusals(repository(name="tests:8b")) == {"name": [OWNER_AND_NAME]}


def test_the_command_names_the_file_that_an_editor_prefers() -> None:
    artifact(publisher="ggml-org", repository="ggml-org/Files").save()
    artifact(name="Second", slug="second", repository="others/Files", publisher="others", preferred=True).save()
    assert by_level(current().files_of["qwen2-5-72b"], "Qwen")["q4-k-m"].repository == "others/Files"


class OlderCatalog:
    """Rows as they were when a file had a level and one text for publisher and repository."""

    def __init__(self, *slugs: str) -> None:
        self.rows = [self._older(Artifact.objects.get(slug=slug)) for slug in slugs]

    @property
    def objects(self) -> "OlderCatalog":
        return self

    def get_model(self, *_: str) -> "OlderCatalog":
        return self

    def select_related(self, *_: str) -> list[Artifact]:
        return self.rows

    def _older(self, row: Artifact) -> Artifact:
        row.publisher, row.repository, row.label, row.editor_notes, row.seen_in = row.repository, "", "", "", ""
        row.rounding_bytes = row.token_list_bytes = None
        row.loaded_record, row.loaded_digest = None, digest(migration._record(row))
        return row


def test_an_older_catalog_names_its_repositories_and_keeps_what_editors_changed() -> None:
    older = OlderCatalog("mixtral-8x22b-q4-k-m", "llama-3-2-1b-fp16")
    untouched, edited = older.rows
    edited.size_bytes = 2_470_000_000
    migration.name_repositories(older, None)
    for row in older.rows:
        row.save()
    assert (untouched.label, untouched.publisher) == ("Q4_K_M", "bartowski")
    assert (edited.label, edited.repository) == ("F16", "bartowski/Llama-3.2-1B-Instruct-GGUF")
    report = load_catalog()
    assert (report.created, report.updated, report.kept) == (0, 1, 1)
    assert Artifact.objects.get(slug="llama-3-2-1b-fp16").size_bytes == 2_470_000_000
    assert Artifact.objects.get(slug="mixtral-8x22b-q4-k-m").rounding_bytes == 10_000_000
