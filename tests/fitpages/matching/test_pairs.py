"""Which pairs have a page, and which an address means."""

from dataclasses import replace

import pytest

from catalog import snapshot as catalog_snapshot
from catalog.models import Gpu, LanguageModel, Quant
from catalog.picture import Gone
from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair, close_slugs, count_pairs, find_gone_pair, find_pair, nearest_pairs
from tests.small_catalog import snapshot_of


@pytest.mark.parametrize(
    "name", ["small-8b-on-rtx-24", "SMALL-8B-ON-RTX-24", "Small-8b-on-Rtx-24", "small_8b-on-rtx.24"]
)
def test_a_pair_is_found_by_its_slugs_however_written(small: Snapshot, name: str) -> None:
    pair = find_pair(small, name)
    assert pair == Pair(small.models["small-8b"], small.gpus["rtx-24"])
    assert pair is not None
    assert pair.address == "/run/small-8b-on-rtx-24/"


@pytest.mark.parametrize("name", ["small-8-on-rtx-24", "small-8b-on-rtx-24-gb", "SMALL-8-ON-RTX-24-GB"])
def test_a_pair_is_found_by_former_slugs_mixed_with_present_ones(small: Snapshot, name: str) -> None:
    pair = find_pair(small, name)
    assert pair is not None
    assert pair.address == "/run/small-8b-on-rtx-24/"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["qwen2-5-72b-on-l4", "QWEN2-5-72B-ON-L4", "qwen-72-on-l4", "qwen2-5-72b-on-l4-24"])
def test_slugs_that_editors_changed_are_former_ones(name: str) -> None:
    gpu, model = Gpu.objects.get(slug="l4"), LanguageModel.objects.get(slug="qwen2-5-72b")
    gpu.slug, model.slug = "l4-24", "qwen-72"
    gpu.save()
    model.save()
    pair = find_pair(catalog_snapshot.current(), name)
    assert pair is not None
    assert pair.address == "/run/qwen-72-on-l4-24/"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-on-",
        "small-8b",
        "rtx-24",
        "small-8b-rtx-24",
        "small-8b-on-",
        "-on-rtx-24",
        "rtx-24-on-small-8b",
        "small-8b-on-rtx-25",
        "small-on-rtx-24",
        "small-8b-on-rtx-24-on-rtx-24",
        " small-8b-on-rtx-24",
    ],
)
def test_there_is_no_page_for_what_is_unknown_or_not_a_pair(small: Snapshot, name: str) -> None:
    assert find_pair(small, name) is None


@pytest.mark.django_db
def test_there_is_no_page_for_a_draft() -> None:
    assert find_pair(catalog_snapshot.current(), "qwen2-5-72b-on-l4")
    gpu = Gpu.objects.get(slug="l4")
    gpu.status = Gpu.Status.DRAFT
    gpu.save()
    assert find_pair(catalog_snapshot.current(), "qwen2-5-72b-on-l4") is None


@pytest.mark.django_db
def test_there_is_no_page_without_a_quantization() -> None:
    before = catalog_snapshot.current()
    assert count_pairs(before) == len(before.models) * len(before.gpus) > 0
    Quant.objects.update(status="draft", is_default=False)
    snapshot = catalog_snapshot.current()
    assert find_pair(snapshot, "qwen2-5-72b-on-l4") is None
    assert count_pairs(snapshot) == 0
    assert nearest_pairs(snapshot, "qwen2-5-72b-on-l5") == []


def test_every_model_has_a_page_with_every_gpu(small: Snapshot) -> None:
    assert count_pairs(small) == 4 * 5
    assert count_pairs(snapshot_of(models=())) == 0


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("small-8b-on-rtx-25", "/run/small-8b-on-rtx-24/"),
        ("smal-8-on-rtx24", "/run/small-8b-on-rtx-24/"),
        ("LARGE-70B-ON-H8", "/run/large-70b-on-h80/"),
        ("zzzzzzzz-on-rtx-24", None),
        ("", None),
        ("-on-", None),
    ],
)
def test_the_nearest_pairs_to_a_name_without_a_page(small: Snapshot, name: str, nearest: str | None) -> None:
    near = nearest_pairs(small, name)
    assert len(near) <= 6
    assert (nearest in [pair.address for pair in near]) if nearest else (near == [])


def test_at_most_three_slugs_are_close_and_a_very_long_name_is_cut() -> None:
    slugs = [f"rtx-{number}" for number in range(10, 20)]
    assert len(close_slugs("rtx-1", slugs)) == 3
    assert close_slugs("zzzz", slugs) == []
    assert close_slugs("rtx-24" + "x" * 10**6, ["rtx-24"]) == []


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("old-8b-on-rtx-24", (Gone("Old 8B", "Small"), "RTX 24")),
        ("old-8b-on-rtx-24-gb", (Gone("Old 8B", "Small"), "RTX 24")),
        ("Old_8B-on-RTX-24", (Gone("Old 8B", "Small"), "RTX 24")),
        ("small-8-on-rtx-20", ("Small 8B", Gone("", ""))),
        ("old-8b-on-rtx-20", (Gone("Old 8B", "Small"), Gone("", ""))),
        ("small-8b-on-rtx-24", None),
        ("old-8b-on-nothing", None),
        ("nothing-on-rtx-20", None),
        ("old-8b", None),
        ("rtx-20", None),
        ("old-8b-on-", None),
    ],
)
def test_a_pair_is_gone_where_a_part_was_deleted_and_the_other_is_or_was_there(
    small: Snapshot, name: str, parts: tuple[object, object] | None
) -> None:
    snapshot = replace(small, gone_models={"old-8b": Gone("Old 8B", "Small")}, gone_gpus={"rtx-20": Gone("", "")})
    pair = find_gone_pair(snapshot, name)
    shown = pair and tuple(part if isinstance(part, Gone) else part.name for part in (pair.model, pair.gpu))
    assert shown == parts
