"""What of a release cannot stand beside what is here is left out and named; all else is loaded, and a start goes on."""

import pytest

from catalog.interchange.placed_records import InterchangeError
from catalog.models import Artifact, Benchmark, Gpu, LanguageModel, Quant, RetiredSlug
from tests.catalog.data_files import ARTIFACTS, BENCHMARKS, GPUS, MODELS, QUANTS, REPOSITORIES
from tests.catalog.rows import artifact, change, everything, gpu, language_model, quant
from tests.catalog.small_files import SmallFiles, bandwidth, card, file, level, measured, model, repository

pytestmark = pytest.mark.django_db


def left_out(files: SmallFiles, *remarks: str) -> None:
    """A load names these and no others, the next one names them again, and changes nothing."""
    report = files.load()
    assert [remark.partition(": ")[2] for remark in report.remarks] == list(remarks)
    before = everything()
    again = files.load()
    assert (again.remarks, again.created, again.updated) == (report.remarks, 0, 0)
    assert everything() == before


def by_hand(**overrides: object) -> Gpu:
    row = gpu(**{"name": "By hand", "slug": "by-hand", **overrides})
    row.save()
    return row


def test_a_new_card_of_a_name_that_an_editor_gave_is_left_out_with_what_cannot_do_without(
    small_files: SmallFiles,
) -> None:
    by_hand(name="C-9")
    small_files.add(GPUS, card("c-9"))
    small_files.add(BENCHMARKS, measured("b-9", gpu="c-9"))
    small_files.change(GPUS, "c-1", bandwidth_gb_s=1012)
    left_out(small_files, "left out, for name C-9 is that of by-hand here.")
    assert Benchmark.objects.get(slug="b-9").gpu is None
    assert bandwidth("c-1") == 1012
    change(Gpu, "by-hand", name="Another")
    assert (small_files.load().created, Benchmark.objects.get(slug="b-9").gpu.slug) == (1, "c-9")  # type: ignore[union-attr]


def test_what_belongs_to_a_model_that_is_left_out_is_left_out_too(small_files: SmallFiles) -> None:
    language_model(name="M-9", slug="by-hand").save()
    small_files.add(MODELS, model("m-9"))
    small_files.add(ARTIFACTS, file("f-9", model="m-9"))
    small_files.add(REPOSITORIES, repository("r-9", model="m-9"))
    words = "left out, for its model m-9 was left out."
    left_out(small_files, "left out, for name M-9 is that of by-hand here.", words, words)


def test_a_name_that_an_editor_gave_another_stays_and_the_rest_of_the_row_follows(small_files: SmallFiles) -> None:
    by_hand(name="C-ONE")
    small_files.change(GPUS, "c-1", name="C-ONE", power_w=360)
    left_out(small_files, "name left out, for name C-ONE is that of by-hand here.")
    assert Gpu.objects.values_list("name", "power_w").get(slug="c-1") == ("C-1", 360)
    change(Gpu, "by-hand", name="Another")
    assert small_files.load().remarks == []
    assert Gpu.objects.get(slug="c-1").name == "C-ONE"


def test_an_order_that_is_taken_here_is_left_out(small_files: SmallFiles) -> None:
    quant(slug="by-hand", name="By hand", order=35).save()
    small_files.change(QUANTS, "q-5", order=35, quality="Good.")
    small_files.add(QUANTS, level("q-9", 35))
    small_files.change(QUANTS, "q-8", order=10)
    words = "order 35 is that of by-hand here."
    with pytest.raises(InterchangeError, match="field order: Quantization with this Order already exists"):
        small_files.load()
    small_files.change(QUANTS, "q-5", order=30)
    left_out(small_files, f"left out, for {words}")
    assert Quant.objects.values_list("quality", "order").get(slug="q-5") == ("Good.", 30)


def test_another_default_here_stays_the_default(small_files: SmallFiles) -> None:
    change(Quant, "q-4", is_default=False)
    change(Quant, "q-5", is_default=True)
    small_files.change(QUANTS, "q-4", is_default=False)
    small_files.change(QUANTS, "q-8", is_default=True)
    words = "q-5 is here: Another quantization is the default. Take that mark away first."
    left_out(small_files, f"is_default left out, for {words}")
    assert Quant.objects.get(is_default=True).slug == "q-5"


def test_the_default_stays_where_the_next_one_cannot_be_it(small_files: SmallFiles) -> None:
    change(Quant, "q-8", status="draft")
    small_files.change(QUANTS, "q-4", is_default=False)
    small_files.change(QUANTS, "q-8", is_default=True)
    left_out(
        small_files,
        "is_default left out, for no other quantization would be the default.",
        "is_default left out, for with what is here: The default quantization must be published: make another one the "
        "default first.",
    )
    assert Quant.objects.get(is_default=True).slug == "q-4"


def test_marks_names_and_orders_may_go_from_one_row_to_another_in_a_circle(small_files: SmallFiles) -> None:
    for slug, name, order, default in (("q-4", "Q-5", 30, False), ("q-5", "Q-8", 20, True), ("q-8", "Q-4", 40, False)):
        small_files.change(QUANTS, slug, name=name, order=order, is_default=default)
    for slug, preferred, place in (("f-1", False, "b/b"), ("f-2", True, "a/b")):
        small_files.change(ARTIFACTS, slug, preferred=preferred, repository=place)
    assert small_files.load() == small_files.unchanged(updated=5)
    assert list(Quant.objects.values_list("name", "is_default")) == [("Q-8", True), ("Q-5", False), ("Q-4", False)]
    assert Artifact.objects.get(preferred=True).slug == "f-2"
    assert Quant.history.filter(name__startswith="moving").count() == 0


@pytest.mark.parametrize("preferred", [False, True])
def test_a_file_that_an_editor_added_or_prefers_stays(small_files: SmallFiles, preferred: bool) -> None:
    named = {"model": LanguageModel.objects.get(slug="m-2"), "quant": Quant.objects.get(slug="q-4"), "label": "Q4"}
    artifact(**named, repository="c/c", preferred=preferred, slug="by-hand").save()
    place = "d/d" if preferred else "c/c"
    small_files.add(ARTIFACTS, file("f-9", model="m-2", repository=place, preferred=preferred))
    once = "There is a record of this file already: the same kind, label and repository. Change that one."
    of_two = "Another file of this model is preferred at this level. Take that mark away first."
    left_out(small_files, f"left out, for by-hand is here: {of_two if preferred else once}")


def test_fields_that_contradict_what_is_kept_are_left_out_and_the_others_follow(small_files: SmallFiles) -> None:
    change(Gpu, "c-1", carve_out_gb=20)
    small_files.change(GPUS, "c-1", memory_gb=16, power_w=300)
    words = "memory_gb left out, for with what is here: No more can be set apart for the GPU than the memory."
    left_out(small_files, words)
    assert Gpu.objects.values_list("memory_gb", "carve_out_gb", "power_w").get(slug="c-1") == (24, 20, 300)


def test_fields_that_must_change_together_do(small_files: SmallFiles) -> None:
    change(LanguageModel, "m-1", notes="By hand.")
    small_files.change(MODELS, "m-1", active_parameters=1_000_000_000, mixture_of_experts=True)
    assert small_files.load() == small_files.unchanged(updated=1, kept_fields=1)


def test_an_address_that_is_a_former_one_here_is_left_out(small_files: SmallFiles) -> None:
    by_hand(slug="c-9")
    change(Gpu, "c-9", slug="by-hand")
    small_files.add(GPUS, card("c-9"))
    left_out(small_files, "left out, for its address is a former one of by-hand here.")


def test_an_address_that_another_record_of_the_files_has_here_is_left_out(small_files: SmallFiles) -> None:
    change(Gpu, "c-1", slug="c-9")
    small_files.add(GPUS, card("c-9"))
    left_out(small_files, "left out, for its address is that of the record c-1 here.")
    assert Gpu.objects.get(slug="c-9").name == "C-1"


def test_a_file_whose_own_records_collide_is_refused_whole(small_files: SmallFiles) -> None:
    small_files.change(ARTIFACTS, "f-2", repository="a/b")
    before = everything()
    with pytest.raises(InterchangeError, match=r"record f-2: There is a record of this file already"):
        small_files.load()
    assert everything() == before


def test_a_new_record_gets_an_address_that_led_elsewhere_by_hand(small_files: SmallFiles) -> None:
    RetiredSlug.objects.create(kind="gpu", slug="c-9", successor="c-1", why="by hand")
    small_files.add(GPUS, card("c-9"))
    report = small_files.load()
    words = f"{small_files.place(GPUS, 'c-9')}: has its address, which led elsewhere by hand."
    assert (report.created, report.remarks) == (1, [words])
    assert not RetiredSlug.objects.exists()
