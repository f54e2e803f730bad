"""The page of help says what stands on the screen: every name that is bold in it is one, every picture is there."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from catalog.help import PICTURES, names, pictures
from catalog.models import RECORD_MODELS, Gpu
from tests.catalog import rows
from tests.catalog.admin.attention.asking import superuser
from tests.catalog.desk import Desk, desk_of
from tests.catalog.people import EDITORS, desk_of_member

NAMED_BY = ("a", "button", "h1", "h2", "label", "legend", "option", "summary", "th")
MOST_BYTES = 60_000


class Names(HTMLParser):
    """What a page of the desk calls its fields, buttons, links and parts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[list[str]] = []
        self.texts: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "submit":
            self.texts.add(str(given.get("value")))
        if tag in NAMED_BY:
            self.open.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in NAMED_BY and self.open:
            text = " ".join("".join(self.open.pop()).split())
            # Labels end in a colon; a part's heading may have its number after it.
            self.texts |= {text, text.rstrip(":"), text.rstrip("0123456789 ")}

    def handle_data(self, data: str) -> None:
        for text in self.open:
            text.append(data)


@pytest.fixture
def desk(db: None) -> Desk:
    return desk_of(superuser())


def on_screen(desk: Desk) -> set[str]:
    """The names on the pages that the help speaks of."""
    return {name for html in _pages(desk) for name in Names(html).texts}


def _pages(desk: Desk) -> list[str]:
    card = rows.gpu(name="ZZ", slug="zz", status="draft")
    card.save()
    kinds = [f"/admin/catalog/{kind.kind()}/" for kind in RECORD_MODELS]
    state = _changed(desk, card)
    form = f"{card.pk}/change/"
    public = f"{Gpu.objects.published().earliest('pk').pk}/change/"
    of_card = [form, public, f"{card.pk}/history/", f"{card.pk}/delete/", "deleted/", state]
    addresses = ["/admin/", *kinds, *(f"{kind}add/" for kind in kinds), *(f"/admin/catalog/gpu/{at}" for at in of_card)]
    return [*(_html(desk.client.get(address)) for address in addresses), *_refused(desk, card), _deleted(desk, card)]


def _changed(desk: Desk, card: Gpu) -> str:
    """The page where a change is taken back."""
    assert desk.save(card, full_name="ZZ card") == {}
    earlier = card.history.order_by("history_id").first()
    return f"{card.pk}/history/{earlier.pk}/"


def _refused(desk: Desk, card: Gpu) -> list[str]:
    """Forms that are asked about, and that are stale."""
    opened = desk.opened(card)
    asked = desk.send(card, {**opened, "bandwidth_gb_s": "9999", "bus_bits": "64", "memory_rate_gbps": "16"})
    assert desk.save(card, full_name="ZZ card 2") == {}
    return [_html(asked), _html(desk.send(card, {**opened, "full_name": "ZZ card 3"}))]


def _deleted(desk: Desk, card: Gpu) -> str:
    """The page where a record is brought back."""
    key = card.pk
    card.delete()
    state = Gpu.history.filter(id=key).first()
    return _html(desk.client.get(f"/admin/catalog/gpu/deleted/{state.pk}/"))


def _html(answer: Any) -> str:
    assert answer.status_code == 200, answer.request["PATH_INFO"]
    return str(answer.content.decode())


def test_every_name_that_the_help_prints_bold_is_on_the_screen(desk: Desk) -> None:
    there = on_screen(desk)
    assert [name for name in names() if name not in there and name != "bold"] == []
    assert len(set(names())) > 50


def test_a_name_that_is_nowhere_is_noticed(desk: Desk) -> None:
    assert not {"Memory gb", "Save as new", "bold"} & on_screen(desk)


def test_every_picture_is_there_small_and_no_other() -> None:
    files = {file.name: file.stat().st_size for file in PICTURES.iterdir()}
    assert sorted(pictures()) == sorted(files)
    assert {name: size for name, size in files.items() if size > MOST_BYTES} == {}


@pytest.mark.django_db
def test_the_page_is_linked_from_every_pages_head_and_has_its_pictures() -> None:
    client = desk_of_member(EDITORS).client
    for address in ("/admin/", "/admin/catalog/gpu/add/", "/admin/help/"):
        assert '<a href="/admin/help/">Help</a>' in client.get(address).content.decode()
    html = client.get("/admin/help/").content.decode()
    assert all(f'src="/static/catalog/help/{name}"' in html for name in pictures())
    assert '<a href="#publish">Publish</a>' in html


@pytest.mark.django_db
def test_a_popup_and_the_door_have_no_link_to_it(client: Client) -> None:
    assert "/admin/help/" not in client.get("/admin/login/").content.decode()
