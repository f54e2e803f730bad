"""Drafts are named by kind and slug; what is no draft, or no kind, means nothing."""

import pytest

from catalog.drafts import Draft, Drafts, named, rows
from catalog.models import Artifact, Gpu, LanguageModel
from tests.catalog.rows import artifact, gpu


def test_drafts_are_taken_by_kind() -> None:
    drafts = named(["gpu:b", "gpu:a", "languagemodel:c", "user:root", "gpu", ""])
    assert drafts == Drafts([Draft(Gpu, "a"), Draft(Gpu, "b"), Draft(LanguageModel, "c")])
    assert (drafts[Gpu], drafts[LanguageModel], drafts[Artifact]) == (("a", "b"), ("c",), ())


def test_a_draft_is_named_as_it_is_read() -> None:
    assert named([str(Draft(Gpu, "a"))]) == Drafts([Draft(Gpu, "a")])


@pytest.mark.django_db
def test_rows_are_drafts_alone() -> None:
    card, file = gpu(status="draft"), artifact(status="draft")
    for row in (file, card):
        row.save()
    assert rows(named(["artifact:test-file", "gpu:test-card", "gpu:l4", "gpu:nowhere"])) == [card, file]
