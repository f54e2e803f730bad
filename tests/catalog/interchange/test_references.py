"""A published file names its model and its quantization by their slugs, whatever becomes of those here."""

from typing import Any

import pytest

from catalog.interchange.export import export_catalog
from catalog.interchange.load import InterchangeError, LoadReport
from catalog.models import Artifact, CatalogRecord, LanguageModel, Quant
from tests.catalog.data_files import ARTIFACTS, MODELS, PICKS, POPULARITY, REPOSITORIES, SCORES, DataFiles
from tests.catalog.few_files import FEW
from tests.catalog.rows import change, everything

pytestmark = pytest.mark.django_db

MIXTRAL, FILE = "mixtral-8x22b", "mixtral-8x22b-q4-k-m"
FILES_OF_MIXTRAL = ["mixtral-8x22b-iq4-xs-bartowski", "mixtral-8x22b-q2-k-bartowski"]
FILES_OF_MIXTRAL += [f"mixtral-8x22b-q{bits}-k-m" for bits in (3, 4, 5)]


def file() -> Artifact:
    return Artifact.objects.get(slug=FILE)


def test_a_published_file_of_another_model_moves_to_it(files: DataFiles) -> None:
    files.change(ARTIFACTS, FILE, model="mixtral-8x7b")
    assert files.load() == LoadReport(updated=1, unchanged=FEW - 1)
    assert file().model.slug == "mixtral-8x7b"


def test_an_editors_choice_of_another_quantization_is_kept_and_reported_by_slug(files: DataFiles) -> None:
    change(Artifact, FILE, quant=Quant.objects.get(slug="q6-k"))
    assert files.load() == LoadReport(unchanged=FEW - 1, kept=1, kept_fields=1)
    files.change(ARTIFACTS, FILE, quant="q5-k-m")
    remark = "kept as edited here; quant was q4-k-m, is q6-k here, the file now has q5-k-m."
    assert files.load().remarks == [f"{files.place(ARTIFACTS, FILE)}: {remark}"]
    assert file().quant.slug == "q6-k"


def test_a_model_and_a_file_of_it_can_come_together(files: DataFiles) -> None:
    files.copy(MODELS, MIXTRAL, slug="mixtral-new", name="Mixtral New")
    files.copy(ARTIFACTS, FILE, slug="mixtral-new-q4-k-m", name="Mixtral New Q4_K_M", model="mixtral-new")
    assert files.load() == LoadReport(created=2, unchanged=FEW)


@pytest.mark.parametrize("value", ["no-such-model", "", 5, None, ["mixtral-8x22b"]])
def test_a_file_of_no_known_model_is_refused_by_file_line_record_and_field(files: DataFiles, value: Any) -> None:
    files.change(ARTIFACTS, FILE, model=value)
    before = everything()
    with pytest.raises(InterchangeError) as caught:
        files.load()
    assert str(caught.value).startswith(f"{files.place(ARTIFACTS, FILE)}, field model: ")
    assert everything() == before


@pytest.mark.parametrize(("model", "slug"), [(LanguageModel, MIXTRAL), (Quant, "q4-k-m")])
def test_files_stay_with_what_an_editor_renamed_and_the_rest_is_loaded(
    files: DataFiles, model: type[CatalogRecord], slug: str
) -> None:
    change(model, slug, slug="renamed")
    files.change(MODELS, "qwen2-5-72b", notes="News.")
    files.load()
    assert "renamed" in (file().model.slug, file().quant.slug)
    assert LanguageModel.objects.get(slug="qwen2-5-72b").notes == "News."


def of_mixtral(files: DataFiles) -> int:
    """Its files, and what is known of its popularity, scores and picks: all that goes with it."""
    return files.referring("model", MIXTRAL, ARTIFACTS, REPOSITORIES, POPULARITY, SCORES, PICKS)


def test_files_stay_deleted_with_what_an_editor_deleted_and_the_rest_is_loaded(files: DataFiles) -> None:
    LanguageModel.objects.get(slug=MIXTRAL).delete()
    files.change(MODELS, "qwen2-5-72b", notes="News.")
    assert files.load().kept == 1 + of_mixtral(files)
    assert not Artifact.objects.filter(slug__in=FILES_OF_MIXTRAL).exists()
    assert LanguageModel.objects.get(slug="qwen2-5-72b").notes == "News."


def test_overwrite_brings_back_what_an_editor_deleted_with_its_files(files: DataFiles) -> None:
    LanguageModel.objects.get(slug=MIXTRAL).delete()
    back = 1 + of_mixtral(files)
    assert files.load(overwrite=True) == LoadReport(created=back, unchanged=FEW - back)
    assert file().model.slug == MIXTRAL


def test_an_export_after_a_rename_can_be_loaded_and_changes_nothing(files: DataFiles) -> None:
    change(LanguageModel, MIXTRAL, slug="renamed")
    export_catalog(files.directory)
    assert files.record(ARTIFACTS, FILE)["model"] == "renamed"
    assert files.load() == LoadReport(unchanged=FEW)
