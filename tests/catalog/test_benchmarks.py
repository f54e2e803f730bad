"""A measurement is kept whatever becomes of its card, and public pages see it with what is published."""

import dataclasses
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.interchange.export import export_catalog
from catalog.interchange.load import InterchangeError, LoadReport, load_catalog
from catalog.interchange.records import columns, to_line
from catalog.models import RECORD_MODELS, Benchmark, CatalogRecord, Gpu, LanguageModel, Price, Quant
from catalog.snapshot import PublishedBenchmark, current
from tests.catalog.data_files import ALL, ARTIFACTS, BENCHMARKS, DataFiles
from tests.catalog.rows import SOURCE, benchmark, change

pytestmark = pytest.mark.django_db

MEASURED = "rtx-3090-llama-3-8b-q4-k-m-llama-cpp-tg4096"
NAMED: list[tuple[type[CatalogRecord], str, str]] = [
    (Gpu, "rtx-3090", "gpu"),
    (LanguageModel, "llama-3-8b", "model"),
    (Quant, "q4-k-m", "quant"),
]


def row() -> Benchmark:
    return Benchmark.objects.get(slug=MEASURED)


def seen(slug: str = MEASURED) -> PublishedBenchmark:
    """The measurement as public pages know it."""
    return next(benchmark for benchmark in current().benchmarks if benchmark.slug == slug)


@pytest.mark.parametrize(("model", "slug", "field"), NAMED)
def test_a_measurement_outlives_what_it_was_of(model: type[CatalogRecord], slug: str, field: str) -> None:
    count = Benchmark.objects.count()
    if model is Quant:
        # The default stays.
        Quant.objects.filter(slug=slug).update(is_default=False)
    model.objects.get(slug=slug).delete()
    assert Benchmark.objects.count() == count
    assert getattr(row(), field) is None
    assert (row().gpu_label, row().model_label, row().quant_label) == ("3090 24GB", "Llama 3 8B", "Q4_K_M")
    assert getattr(seen(), field) == ""


def test_a_load_leaves_measurements_without_the_card_that_an_editor_deleted() -> None:
    gone = 1 + Price.objects.filter(gpu__slug="rtx-3090").count()
    Gpu.objects.get(slug="rtx-3090").delete()
    report = load_catalog()
    assert report == LoadReport(unchanged=ALL - gone, kept=gone, remarks=report.remarks)
    assert row().gpu is None


def test_an_overwriting_load_gives_measurements_their_card_back() -> None:
    of_card = Benchmark.objects.filter(gpu__slug="rtx-3090").count()
    gone = 1 + Price.objects.filter(gpu__slug="rtx-3090").count()
    Gpu.objects.get(slug="rtx-3090").delete()
    report = load_catalog(overwrite=True)
    assert report == LoadReport(gone, of_card, ALL - gone - of_card, remarks=report.remarks)
    assert len(report.remarks) == of_card
    assert all(remark.endswith(": edits given up; gpu was empty here, is rtx-3090.") for remark in report.remarks)
    assert row().gpu is not None


@pytest.mark.parametrize(("model", "slug", "field"), NAMED)
def test_a_measurement_stays_with_what_an_editor_renamed(
    files: DataFiles, model: type[CatalogRecord], slug: str, field: str
) -> None:
    change(model, slug, slug="renamed")
    assert files.load().updated == 0
    assert getattr(row(), field).slug == getattr(seen(), field) == "renamed"
    export_catalog(files.directory)
    assert files.record(BENCHMARKS, MEASURED)[field] == "renamed"
    assert files.load() == LoadReport(unchanged=ALL)


def test_a_measurement_of_no_card_and_no_model_of_the_catalog_is_loaded(files: DataFiles) -> None:
    files.copy(BENCHMARKS, MEASURED, slug="new", name="New", gpu=None, model=None, quant=None)
    assert files.load() == LoadReport(created=1, unchanged=ALL)
    assert (seen("new").gpu, seen("new").model, seen("new").quant) == ("", "", "")
    assert seen("new").gpu_label == "3090 24GB"


def test_how_it_was_measured_is_exported_and_loaded_as_it_is(files: DataFiles) -> None:
    said = {
        **{"build_number": "b10380", "depth_tokens": 0, "cache_keys": "q8_0", "cache_values": "q4_0"},
        **{"power_limit_w": 250, "ram_kind": "DDR5", "ram_channels": 2, "ram_gb_s": 89.6},
        **{"ram_label": "2x DDR5-5600", "hidden_because": "A log."},
    }
    files.copy(BENCHMARKS, MEASURED, slug="new", name="New", **said)
    assert files.load() == LoadReport(created=1, unchanged=ALL)
    export_catalog(files.directory)
    assert {name: files.record(BENCHMARKS, "new")[name] for name in said} == said
    assert files.load() == LoadReport(unchanged=ALL + 1)


@pytest.mark.parametrize("field", ["gpu", "model", "quant"])
def test_a_measurement_of_something_unknown_is_refused_by_file_line_record_and_field(
    files: DataFiles, field: str
) -> None:
    files.change(BENCHMARKS, MEASURED, **{field: "no-such"})
    with pytest.raises(InterchangeError) as caught:
        files.load()
    assert str(caught.value).startswith(f"{files.place(BENCHMARKS, MEASURED)}, field {field}: there is no ")


def test_a_published_file_twice_in_the_files_is_refused_at_the_later_in_the_constraints_words(files: DataFiles) -> None:
    files.copy(ARTIFACTS, "mixtral-8x22b-q4-k-m", slug="second", name="Second")
    with pytest.raises(InterchangeError) as caught:
        files.load()
    later = files.place(ARTIFACTS, "mixtral-8x22b-q4-k-m")
    assert str(caught.value) == (
        f"{later}: There is a record of this file already: the same kind, label and repository. Change that one."
    )


def queries_of_a_load(files: DataFiles) -> int:
    with CaptureQueriesContext(connection) as queries:
        files.load()
    return len(queries)


def test_a_repeated_load_costs_the_same_few_queries_however_many_measurements(files: DataFiles) -> None:
    whole = queries_of_a_load(files)
    files.write(BENCHMARKS, [to_line(files.record(BENCHMARKS, MEASURED))])
    # Of each kind its rows, its old addresses and the keys that others name it by.
    assert queries_of_a_load(files) == whole <= 3 * len(RECORD_MODELS) + 5


def test_the_picture_has_every_published_measurement_in_order_of_slugs() -> None:
    slugs = [benchmark.slug for benchmark in current().benchmarks]
    assert slugs == sorted(slugs)
    assert len(slugs) == Benchmark.objects.count() == 1683
    benchmark(status="draft").save()
    assert len(current().benchmarks) == 1683


def test_what_is_hidden_is_in_the_picture_but_not_among_what_pages_print() -> None:
    before = [row.slug for row in current().shown_benchmarks]
    benchmark(hidden_because="The source is a log without an address.", for_calibration=True).save()
    assert [row.slug for row in current().shown_benchmarks] == before
    assert seen("test-measurement").hidden_because == "The source is a log without an address."
    change(Benchmark, "test-measurement", hidden_because="")
    assert len(current().shown_benchmarks) == len(before) + 1


def test_the_picture_has_the_facts_of_a_measurement_under_their_own_names() -> None:
    cache = {"cache_keys": "q8_0", "cache_values": "q4_0", "depth_tokens": 0}
    ram = {"ram_kind": "DDR5", "ram_channels": 2, "ram_gb_s": "96", "ram_label": "DDR5-6000 dual channel"}
    prefill = {"prefill_tokens_s": "250.5", "prefill_tokens": 512}
    limits = {"power_limit_w": 250, "build_number": "b10380", "editor_notes": "Not public."}
    benchmark(context_tokens=64, **prefill, **cache, **ram, **limits).save()
    published = seen("test-measurement")
    assert (published.gpu, published.model, published.quant) == ("l4", "qwen2-5-72b", "q4-k-m")
    assert (published.decode_tokens_s, published.context_tokens) == (Decimal("5.5"), 64)
    assert (published.prefill_tokens_s, published.prefill_tokens) == (Decimal("250.5"), 512)
    assert (published.depth_tokens, published.cache_keys, published.cache_values) == (0, "q8_0", "q4_0")
    assert (published.ram_kind, published.ram_channels, published.ram_gb_s) == ("DDR5", 2, Decimal(96))
    assert (published.ram_label, published.power_limit_w) == ("DDR5-6000 dual channel", 250)
    assert published.build_number == "b10380"
    assert (published.runtime, published.trust, published.sources) == ("llama.cpp", "high: llama-bench", (SOURCE,))
    shown = {field.name for field in dataclasses.fields(PublishedBenchmark)}
    of_editors = {"status", "editor_notes", "saved_anyway"}
    assert shown == {column.name for column in columns(Benchmark)} - of_editors | {"updated_at"}


@pytest.mark.parametrize(("model", "slug", "field"), NAMED)
def test_a_measurement_of_a_draft_is_public_without_its_slug(model: type[CatalogRecord], slug: str, field: str) -> None:
    model.objects.filter(slug=slug).update(status="draft", **({"is_default": False} if model is Quant else {}))
    assert getattr(seen(), field) == ""
    assert seen().gpu_label == "3090 24GB"


@pytest.mark.parametrize(
    "edit",
    [
        lambda: change(Benchmark, MEASURED, decode_tokens_s=1),
        lambda: Benchmark.objects.filter(slug=MEASURED).update(decode_tokens_s=1),
    ],
    ids=["save", "update"],
)
def test_an_edit_of_a_measurement_is_in_the_next_picture(edit: Callable[[], object]) -> None:
    assert seen().decode_tokens_s > 1
    edit()
    assert seen().decode_tokens_s == 1


def test_no_measurement_of_a_picture_can_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        seen().slug = "other"  # type: ignore[misc]  # refused, as tested
