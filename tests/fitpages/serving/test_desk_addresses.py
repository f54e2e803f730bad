"""Addresses of the desk that no link leads to are answered 400 or by a page; what is a fault of ours stays one."""

import logging
import random
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import DataError, OperationalError
from django.test import Client

from catalog.admin.gpus import GpuAdmin
from catalog.models import Gpu

pytestmark = pytest.mark.django_db

GPUS = "/admin/catalog/gpu/"
HUGE, LONG = "9" * 30, "9" * 5000
NONSENSE = [
    *(f"{GPUS}?created_at__year={year}" for year in ("99999", "0", "-1", HUGE)),
    *(f"{GPUS}?created_at__year__gte={year}" for year in ("99999", "0", HUGE)),
    "/admin/auth/user/?date_joined__year=99999",
    *(f"{GPUS}?name__{way}=(" for way in ("regex", "iregex")),
    f"{GPUS}?name__regex=^(a%2B)%2B$",
    f"{GPUS}?created_at__year__regex=(",
    "/admin/auth/user/?username__regex=(",
    "/admin/auth/group/?name__iregex=*",
    f"{GPUS}?release_date__range=a,b,c",
    f"{GPUS}?q=%00",
    f"{GPUS}?name=a%00b",
    f"{GPUS}?%00=1",
    "/admin/auth/user/?q=a%00",
    f"{GPUS}?q={'a ' * 1000}",
    f"{GPUS}?q={'a' * 201}",
    "/admin/auth/user/?groups__id__exact=%00",
    f"{GPUS}%00/change/",
    f"{GPUS}1%00/history/",
    f"{GPUS}?_to_field=nonsense",
    f"{GPUS}1/delete/?_to_field=",
    f"{GPUS}add/?_to_field=password",
    "/admin/auth/user/?password__startswith=pbkdf2",
    "/admin/jsi18n/?language=%00",
    f"/admin/autocomplete/?app_label=catalog&model_name=benchmark&field_name=gpu&term={'a' * 201}",
    "/admin/autocomplete/?app_label=%00&model_name=benchmark&field_name=gpu",
]
ANSWERED = [
    *(
        f"{GPUS}?{name}={value}"
        for name in ("o", "p", "e", "all", "_popup")
        for value in ("-1", "a", "1.1.1", HUGE, LONG)
    ),
    *(f"{GPUS}{key}/{page}/" for key in (HUGE, "-1", "a", "1_00", "_") for page in ("change", "history", "delete")),
    f"{GPUS}?id={HUGE}",
    f"{GPUS}?created_at__year={LONG}",
    f"{GPUS}?id__in={','.join('1' * 2000)}",
    f"{GPUS}?no_such_field=1",
    f"{GPUS}?status__exact=nonsense",
    f"{GPUS}?name__nonsense=1",
    f"{GPUS}?memory_gb=NaN",
    f"{GPUS}?memory_gb__gt=1e999",
    "/admin/autocomplete/",
    "/admin/autocomplete/?app_label=a&model_name=b&field_name=c",
    "/admin/autocomplete/?app_label=catalog&model_name=benchmark&field_name=name",
    "/admin/autocomplete/?app_label=catalog&model_name=benchmark&field_name=none",
    f"/admin/autocomplete/?app_label=catalog&model_name=benchmark&field_name=gpu&page={HUGE}",
    f"/admin/autocomplete/?app_label=catalog&model_name=benchmark&field_name=gpu&page={LONG}",
    "/admin/jsi18n/?language=nonsense",
    f"/admin/r/{HUGE}/1/",
    f"/admin/r/1/{HUGE}/",
    "/admin/r/a/b/",
    "/admin/nonsense/nonsense/",
]


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(User.objects.create(username="root", is_staff=True, is_superuser=True))
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("address", NONSENSE, ids=lambda address: address[:60])
def test_what_cannot_be_looked_for_is_answered_400(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, client.head(address).status_code) == (400, 400)
    assert "<script" not in answer.content.decode()


@pytest.mark.parametrize("address", ANSWERED, ids=lambda address: address[:60])
def test_what_django_has_an_answer_to_is_left_to_it(client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 302, 403, 404)


def test_a_key_that_sqlite_cannot_hold_and_postgresql_can_compare_is_no_fault(client: Client) -> None:
    assert client.get(f"/admin/catalog/quant/?artifacts={HUGE}").status_code in (200, 400)


@pytest.mark.parametrize("chosen", [["a"], ["1", "\0"], [HUGE], [LONG], ["1.5"], ["(", "NaN"] * 900])
@pytest.mark.parametrize("action", ["delete_selected", "publish", "nonsense", "\0"])
def test_an_action_on_rows_that_cannot_be_changes_nothing(client: Client, action: str, chosen: list[str]) -> None:
    before = list(Gpu.objects.order_by("pk").values())
    answer = client.post(GPUS, {"action": action, "index": "0", "_selected_action": chosen})
    assert answer.status_code in (200, 302, 400)
    assert list(Gpu.objects.order_by("pk").values()) == before


def test_more_rows_than_a_form_may_send_are_answered_400(client: Client) -> None:
    assert client.post(GPUS, {"action": "publish", "_selected_action": ["1"] * 3001}).status_code == 400


def test_a_session_that_cannot_be_looked_for_is_answered_400(client: Client) -> None:
    client.cookies.load('sessionid="\\000aaaaaaaaaaaa"')
    assert client.get(GPUS).status_code == 400


@pytest.mark.parametrize("fault", [ValueError("a fault"), OverflowError("a fault"), DataError("a fault")])
def test_a_fault_of_ours_stays_a_fault_where_nothing_was_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    _fail(monkeypatch, fault)
    assert client.get(GPUS).status_code == 500
    assert client.get(f"{GPUS}?q=l4").status_code == 400


def test_a_fault_is_logged_with_where_it_came_from(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _fail(monkeypatch, ValueError("a fault"))
    with caplog.at_level(logging.WARNING, "fitpages.serving.desk_addresses"):
        client.get(f"{GPUS}?q=l4%0D%0Ab")
    (record,) = [record for record in caplog.records if record.name == "fitpages.serving.desk_addresses"]
    begin = f"The desk cannot answer '{GPUS}?q=l4%0D%0Ab': ValueError in line "
    assert record.getMessage().startswith(begin)
    assert record.getMessage().endswith("test_desk_addresses.py.")
    assert record.exc_info is None


@pytest.mark.parametrize("fault", [KeyError("a fault"), AttributeError("a fault"), RuntimeError("a fault")])
def test_what_no_value_can_cause_is_a_fault_whatever_was_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    _fail(monkeypatch, fault)
    assert client.get(f"{GPUS}?q=l4").status_code == 500


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("user-defined function raised exception", 400),
        ("Expression tree is too large (maximum depth 1000)", 400),
        ("too many SQL variables", 400),
        ("LIKE or GLOB pattern too complex", 400),
        ("string or blob too big", 400),
        ("disk I/O error", 503),
        ("server closed the connection unexpectedly", 503),
        ("database is locked", 503),
    ],
)
def test_a_database_that_is_away_is_told_from_one_that_cannot_answer_this(
    client: Client, monkeypatch: pytest.MonkeyPatch, words: str, status: int
) -> None:
    _fail(monkeypatch, OperationalError(words))
    assert client.get(f"{GPUS}?q=l4").status_code == status


@pytest.mark.parametrize("address", ["/search/?q=%00", "/calculator/?model=%00&context=(", "/?name__regex=("])
def test_public_pages_are_none_of_the_desks(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("seed", range(3))
def test_no_address_put_together_at_random_is_a_fault(client: Client, seed: int) -> None:
    answers = {address: client.get(address).status_code for address in _addresses(random.Random(seed), 100)}
    assert {
        address: status for address, status in answers.items() if status not in (200, 302, 400, 403, 404, 414)
    } == {}
    assert {302, 400} <= set(answers.values())


VALUES = [
    "",
    "0",
    "-1",
    "a",
    "\0",
    HUGE,
    LONG,
    "1e999",
    "NaN",
    "(",
    "%",
    "'",
    "99999-01-01",
    "٣",
    "²",
    "東京",
    "1,2,",
    "1.9",
]
WAYS = [
    "exact",
    "in",
    "gt",
    "lte",
    "isnull",
    "range",
    "regex",
    "year",
    "date",
    "week_day",
    "isempty",
    "id",
    "has_key",
    "",
]
OWN = ["q", "o", "p", "e", "all", "_popup", "_to_field", "_facets", "_changelist_filters"]
PAGES = ["", "", "", "add/", "{}/change/", "{}/history/", "{}/delete/", "{}/password/", "{}/"]


def _addresses(chance: random.Random, count: int) -> Iterator[str]:
    """Lists and pages of every kind of row, with parameters of Django's and comparisons of every field."""
    for _ in range(count):
        model = chance.choice(list(admin.site._registry))
        names = [*(field.name for field in model._meta.get_fields()), "nonsense"]
        compared = "__".join([chance.choice(names), *chance.choices(WAYS, k=chance.randint(0, 2))])
        query = "&".join(f"{quote(name)}={quote(chance.choice(VALUES))}" for name in (compared, chance.choice(OWN)))
        page = chance.choice(PAGES).format(quote(chance.choice(VALUES), safe=""))
        yield f"/admin/{model._meta.app_label}/{model._meta.model_name}/{page}?{query}"


def _fail(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr(GpuAdmin, "get_queryset", fail)
