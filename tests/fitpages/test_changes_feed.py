"""The feed of changes is Atom as RFC 4287 has it: names, times and identifiers that last."""

import datetime
from xml.etree import ElementTree

from django.conf import settings
from django.test import Client

from catalog.recent_changes import LoadCount
from catalog.snapshot import Snapshot
from fitpages import changes_feed
from tests.fitpages.changes import load, of_file, public_change, snapshot_with
from tests.published import CHANGED_AT

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(snapshot: Snapshot) -> ElementTree.Element:
    return ElementTree.fromstring(changes_feed.build(snapshot))


def texts(parent: ElementTree.Element, name: str) -> list[str]:
    return [node.text or "" for node in parent.findall(f"{ATOM}{name}")]


def test_an_entry_says_what_changed_from_which_value_to_which() -> None:
    (entry,) = feed(snapshot_with(public_change())).findall(f"{ATOM}entry")
    assert texts(entry, "title") == ["RTX 24: GPU, changed"]
    assert texts(entry, "updated") == ["2026-03-01T12:00:00Z"]
    assert texts(entry, "id") == ["tag:localhost,2026:changes/gpu/7"]
    (summary,) = texts(entry, "summary")
    assert summary.startswith("Power: 450 W → 350 W. Pages that followed: its page. Sources: example.org/")
    assert [link.get("href") for link in entry.findall(f"{ATOM}link")] == [f"{settings.SITE_URL}/gpus/rtx-24/"]


def test_what_has_no_page_is_linked_to_its_day() -> None:
    entries = feed(snapshot_with(of_file(model=""), load(LoadCount("gpu", 2, 0)))).findall(f"{ATOM}entry")
    links = [link.get("href") for entry in entries for link in entry.findall(f"{ATOM}link")]
    assert links == [f"{settings.SITE_URL}/changes/#d2026-03-01"] * 2
    assert texts(entries[1], "summary") == ["2 GPUs were added."]
    assert len({text for entry in entries for text in texts(entry, "id")}) == 2


def test_the_feed_has_what_the_format_asks_for() -> None:
    root = feed(snapshot_with(public_change(at=CHANGED_AT + datetime.timedelta(hours=1))))
    assert texts(root, "updated") == ["2026-03-01T13:00:00Z"]
    assert texts(root, "id") == [f"{settings.SITE_URL}/changes/"]
    assert [name.text for name in root.iter(f"{ATOM}name")] == [settings.SITE_NAME]
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": f"{settings.SITE_URL}/changes.atom", "alternate": f"{settings.SITE_URL}/changes/"}


def test_without_changes_it_is_a_feed_all_the_same(small: Snapshot) -> None:
    assert texts(feed(small), "updated") == ["2026-03-01T12:00:00Z"]
    assert feed(small).findall(f"{ATOM}entry") == []


def test_it_is_small() -> None:
    snapshot = snapshot_with(*(public_change(number=number) for number in range(300)))
    assert len(feed(snapshot).findall(f"{ATOM}entry")) == 50


def test_what_no_document_can_hold_is_left_out() -> None:
    (entry,) = feed(snapshot_with(public_change(name="A\x0b & <B>"))).findall(f"{ATOM}entry")
    assert texts(entry, "title") == ["A  & <B>: GPU, changed"]


def test_it_is_answered_as_what_it_is(client: Client, db: None) -> None:
    answer = client.get("/changes.atom")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    assert ElementTree.fromstring(answer.content).tag == f"{ATOM}feed"
    assert client.get("/changes.atom", headers={"If-None-Match": answer["ETag"]}).status_code == 304
