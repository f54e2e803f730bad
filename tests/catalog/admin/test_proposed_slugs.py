"""A new record's slug follows from its name: proposed while one types, given where it is left empty."""

import pytest

from catalog.models import Gpu, LanguageModel, Quant
from catalog.models.record import NOTHING_FOR_A_SLUG
from tests.catalog.desk import Desk, desk_of
from tests.catalog.people import EDITORS, desk_of_member, staff
from tests.catalog.rows import change, gpu

pytestmark = pytest.mark.django_db

NEW = {"full_name": "A card", "vendor": "NVIDIA", "segment": "consumer", "memory_gb": "24", "bandwidth_gb_s": "1008"}


def proposed(desk: Desk, name: str, kind: str = "gpu") -> str:
    answer = desk.client.get(f"/admin/catalog/{kind}/proposed-slug/", {"name": name})
    assert answer.status_code == 200
    return str(answer.json()["slug"])


def test_the_desk_proposes_by_the_sites_rule(desk: Desk) -> None:
    assert proposed(desk, "NVIDIA Test 24GB") == "test-24"
    assert proposed(desk, "Test2.5 72B", "languagemodel") == "test2-5-72b"
    assert proposed(desk, "模型", "languagemodel") == ""


def test_a_proposal_is_no_records_slug_nor_one_that_leads_to_a_record(desk: Desk) -> None:
    assert proposed(desk, "NVIDIA L4") == "l4-2"
    change(Gpu, "l4", slug="l4-2")
    assert proposed(desk, "NVIDIA L4") == "l4-3"
    assert proposed(desk, "L4", "languagemodel") == "l4"


def test_a_proposal_is_for_who_may_add_a_record_and_for_no_cache() -> None:
    answer = desk_of_member(EDITORS).client.get("/admin/catalog/gpu/proposed-slug/?name=L4")
    assert answer.json() == {"slug": "l4-2"}
    assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))
    viewer = desk_of(staff("viewer", "view_gpu"))
    assert viewer.client.get("/admin/catalog/gpu/proposed-slug/?name=L4").status_code == 403


def test_a_slug_left_empty_is_given(desk: Desk) -> None:
    assert desk.add(Gpu, **NEW, name="NVIDIA Test 24GB") == {}
    assert Gpu.objects.get(name="NVIDIA Test 24GB").slug == "test-24"
    assert desk.add(Gpu, **NEW, name="Test 24") == {}
    assert Gpu.objects.get(name="Test 24").slug == "test-24-2"


def test_a_slug_that_was_typed_is_kept(desk: Desk) -> None:
    assert desk.add(Gpu, **NEW, name="NVIDIA Test 24GB", slug="mine") == {}
    assert Gpu.objects.get(name="NVIDIA Test 24GB").slug == "mine"


def test_a_name_that_gives_no_slug_is_told_so(desk: Desk) -> None:
    assert desk.add(Gpu, **NEW, name="模型") == {"slug": [NOTHING_FOR_A_SLUG]}
    assert desk.add(Gpu, **NEW, name="") == {"name": ["This field is required."]}


def test_a_record_that_is_there_needs_its_slug(desk: Desk) -> None:
    row = gpu()
    row.save()
    assert desk.save(row, slug="") == {"slug": ["This field is required."]}


@pytest.mark.parametrize("kind", [Gpu, LanguageModel, Quant])
def test_djangos_own_rule_is_on_no_form(desk: Desk, kind: type[Gpu]) -> None:
    page = desk.client.get(f"/admin/catalog/{kind.kind()}/add/").content.decode()
    assert f'data-proposed-by="/admin/catalog/{kind.kind()}/proposed-slug/"' in page
    assert "catalog/proposed_slug.js" in page
    assert not any(script in page for script in ("prepopulate", "urlify", "xregexp"))
