"""The first page of the desk shows what needs attention before the tables, to who may look at it."""

import pytest

from tests.catalog import rows
from tests.catalog.admin.attention.asking import superuser
from tests.catalog.desk import Desk, desk_of
from tests.catalog.people import EDITORS, desk_of_member, staff

pytestmark = pytest.mark.django_db
NAMES = ["drafts", "missing", "aged", "saved-anyway", "files", "measurements", "lately"]


@pytest.fixture
def desk() -> Desk:
    return desk_of(superuser())


def test_every_part_stands_before_the_tables() -> None:
    answer = desk_of_member(EDITORS).client.get("/admin/")
    assert [part.name for part in answer.context["parts"]] == NAMES
    html = answer.content.decode()
    assert html.index("Measurements outside their range") < html.index("Everything, table by table")
    assert "catalog/gpu/add/" in html


def test_who_may_look_at_nothing_has_the_tables_alone() -> None:
    answer = desk_of(staff("no rights")).client.get("/admin/")
    assert answer.context["parts"] == []
    assert "Drafts" not in answer.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_each_part_is_a_page_of_its_own(desk: Desk, name: str) -> None:
    for number in range(6):
        rows.gpu(name=f"ZZ {number}", slug=f"zz-{number}", status="draft").save()
    answer = desk.client.get(f"/admin/attention/{name}/")
    assert answer.context["part"].name == name
    assert 'href="/admin/password_change/"' in answer.content.decode(), "the head is that of the admin"
    if name == "drafts":
        assert all(f"ZZ {number}</a>" in answer.content.decode() for number in range(6))


def test_there_is_no_other_part(desk: Desk) -> None:
    assert desk.client.get("/admin/attention/other/").status_code == 404


def test_who_is_not_signed_in_is_led_to_the_door(client: object) -> None:
    for address in ("/admin/", "/admin/attention/drafts/"):
        assert client.get(address).headers["Location"].startswith("/admin/login/")  # type: ignore[attr-defined]


def test_what_stands_in_a_name_is_text(desk: Desk) -> None:
    rows.gpu(name="<b>ZZ</b>", slug="zz", status="draft").save()
    html = desk.client.get("/admin/").content.decode()
    assert "<b>ZZ</b>" not in html
    assert "&lt;b&gt;ZZ" in html
