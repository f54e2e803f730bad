"""From a record's form the preview begins where the record is seen first."""

import pytest

from catalog.models import CatalogRecord
from fitpages.desk.preview.shown_on import address_of
from tests.catalog.rows import (
    artifact,
    benchmark,
    board_score,
    gpu,
    language_model,
    pick,
    popularity,
    price,
    quant,
    repository,
)

pytestmark = pytest.mark.django_db


def draft(row: CatalogRecord) -> CatalogRecord:
    row.status = "draft"
    row.save()
    return row


def test_each_kind_of_draft_has_its_page() -> None:
    pair = "/admin/preview/run/qwen2-5-72b-on-l4/?with=benchmark:test-measurement"
    model = "/admin/preview/models/qwen2-5-72b/?with="
    assert address_of(draft(gpu())) == "/admin/preview/gpus/test-card/?with=gpu:test-card"
    assert address_of(draft(language_model())) == "/admin/preview/models/test-model/?with=languagemodel:test-model"
    assert address_of(draft(quant())) == "/admin/preview/guides/quantization/?with=quant:q1-k"
    assert address_of(draft(artifact())) == f"{model}artifact:test-file"
    assert address_of(draft(repository())) == f"{model}repository:tests-test-gguf"
    assert address_of(draft(benchmark())) == pair
    assert address_of(draft(popularity())) == f"{model}popularity:test-popularity"
    assert address_of(draft(board_score())) == f"{model}boardscore:test-score"
    assert address_of(draft(pick())) == f"{model}pick:test-pick"
    assert address_of(draft(price())) == "/admin/preview/gpus/l4/?with=price:test-price"


def test_the_drafts_that_it_belongs_to_come_with_it() -> None:
    model, level = draft(language_model()), draft(quant())
    assert address_of(draft(artifact(model=model, quant=level))) == (
        "/admin/preview/models/test-model/?with=artifact:test-file,languagemodel:test-model,quant:q1-k"
    )


@pytest.mark.parametrize(
    ("missing", "page"),
    [
        ({"model": None}, "/gpus/l4/"),
        ({"gpu": None}, "/models/qwen2-5-72b/"),
        ({"gpu": None, "model": None}, "/accuracy/"),
    ],
)
def test_a_measurement_is_seen_with_what_it_names(missing: dict[str, None], page: str) -> None:
    address = address_of(draft(benchmark(**missing)))
    assert address == f"/admin/preview{page}?with=benchmark:test-measurement"


def test_what_is_published_needs_no_draft() -> None:
    row = gpu()
    row.save()
    assert address_of(row) == "/admin/preview/gpus/test-card/"
