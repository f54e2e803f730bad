"""A catalog of an older version takes corrections and a new field, and keeps its editors' changes.

`older` holds records as version 0.1 shipped them, before any model had a context in the file.
"""

from pathlib import Path

import pytest

from catalog.interchange.load import LoadReport, load_catalog
from catalog.interchange.loaded_as import of_before
from catalog.interchange.records import digest
from catalog.models import CatalogRecord, Gpu, LanguageModel
from tests.catalog.data_files import ALL, GPUS, MODELS, DataFiles
from tests.catalog.rows import change

pytestmark = pytest.mark.django_db

OLDER = Path(__file__).parent / "older"
# What version 0.1 wrote beside the rows that it loaded.
STORED_BY_0_1 = {
    "a10g": "9db5351ff805dac94407ae54d00e77dc71881ef0584249d321c20a7d9948cc88",
    "rtx-3060-laptop": "c9e28fe6e1860beaf5ec0378dfd048559c6111d65c2d7d97ceea00b268ac3603",
    "deepseek-r1": "7b7ee28d383fa6b757a6350adef25da6e517e93ec061e3f6548255316ea5de44",
    "laguna-xs-2-33b-a3b": "d5203809187ec8e7c8e7e4a95e261780410c69a6e62a6af79a5f8cd44dcef96b",
    "qwen3-32b": "28091c518d56978f0217675764aac48add9d7136ec40a080293fe9c103df742d",
}
OLDER_ROWS = len(STORED_BY_0_1)


@pytest.fixture(autouse=True)
def older(files: DataFiles) -> None:
    """The catalog has the older records."""
    for name in (GPUS, MODELS):
        for line in (OLDER / name).read_text(encoding="utf-8").splitlines():
            files.replace(name, line.split('"')[3], line)
    assert files.load(overwrite=True) == LoadReport(updated=OLDER_ROWS, unchanged=ALL - OLDER_ROWS)
    for model in (Gpu, LanguageModel):
        for row in model.objects.filter(slug__in=STORED_BY_0_1):
            model.objects.filter(pk=row.pk).update(
                loaded_record=None, loaded_digest=digest(of_before(row.kind(), row.loaded_record))
            )


def fields(model: type[CatalogRecord], slug: str, *names: str) -> tuple[object, ...]:
    return model.objects.values_list(*names).get(slug=slug)


def test_a_row_of_the_older_version_counts_as_untouched_although_it_lacks_a_field() -> None:
    rows = [row for model in (Gpu, LanguageModel) for row in model.objects.filter(slug__in=STORED_BY_0_1)]
    assert {row.slug: row.loaded_digest for row in rows} == STORED_BY_0_1
    assert {row.file_context for row in rows if isinstance(row, LanguageModel)} == {None}


def test_corrections_and_the_new_field_reach_every_untouched_row() -> None:
    assert load_catalog() == LoadReport(updated=OLDER_ROWS, unchanged=ALL - OLDER_ROWS)
    assert fields(Gpu, "a10g", "power_w") == (300,)
    assert fields(Gpu, "rtx-3060-laptop", "power_w", "common") == (115, True)
    assert fields(LanguageModel, "laguna-xs-2-33b-a3b", "native_context") == (262144,)
    assert fields(LanguageModel, "qwen3-32b", "native_context", "file_context") == (32768, 40960)
    assert load_catalog() == LoadReport(unchanged=ALL)


@pytest.mark.parametrize(
    ("model", "slug", "field", "value", "unchanged"),
    [
        (Gpu, "rtx-3060-laptop", "power_w", 95, {"common": False}),
        (LanguageModel, "deepseek-r1", "native_context", 65536, {"file_context": None}),
    ],
)
def test_an_editors_change_of_one_field_keeps_the_whole_older_row(
    model: type[CatalogRecord], slug: str, field: str, value: int, unchanged: dict[str, object]
) -> None:
    change(model, slug, **{field: value})
    report = load_catalog()
    assert (report.updated, report.kept, report.unchanged) == (OLDER_ROWS - 1, 1, ALL - OLDER_ROWS)
    assert f"record {slug}: kept as edited here; " in report.remarks[0]
    assert f"{field} is {value:,}, the file has " in report.remarks[0]
    assert fields(model, slug, field, *unchanged) == (value, *unchanged.values())


def test_an_overwrite_takes_the_corrections_in_place_of_an_editors_change() -> None:
    change(LanguageModel, "deepseek-r1", native_context=65536)
    load_catalog(overwrite=True)
    assert fields(LanguageModel, "deepseek-r1", "native_context", "file_context") == (131072, 163840)
