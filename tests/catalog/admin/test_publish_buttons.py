"""Publish and take off as buttons, and what stands above the form of a draft."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from catalog.completeness import APPROXIMATE
from catalog.models import CatalogRecord, Gpu, Quant
from tests.catalog.desk import Desk
from tests.catalog.people import EDITORS, PUBLISHERS, desk_of_member, member
from tests.catalog.rows import (
    artifact,
    benchmark,
    board_score,
    gpu,
    language_model,
    pick,
    popularity,
    price,
    quant,
    repository,
)

pytestmark = pytest.mark.django_db

REASON_ALONE = "no address: a printed manual"
NO_ADDRESS = "No line of the sources begins with an address: nobody can check the figures of a public record."

MAKERS = (quant, gpu, language_model, artifact, repository, benchmark, popularity, board_score, price, pick)
BUTTONS = ('name="_publish"', 'name="_take_off"')


@pytest.fixture
def publisher() -> Desk:
    return desk_of_member(PUBLISHERS)


@pytest.fixture
def editor() -> Desk:
    return desk_of_member(EDITORS)


def saved(row: CatalogRecord) -> CatalogRecord:
    row.save()
    return row


def shown(desk: Desk, row: CatalogRecord) -> str:
    return " ".join(desk.page(row).content.decode().split())


def buttons(html: str) -> list[bool]:
    return [button in html for button in BUTTONS]


def says_first(page: Any) -> str:
    return str(next(iter(page.context["messages"])))


def now(row: CatalogRecord) -> CatalogRecord:
    return type(row).objects.get(pk=row.pk)


@pytest.mark.parametrize("make", MAKERS)
def test_a_draft_is_saved_and_published_and_taken_off_again(publisher: Desk, make: Any) -> None:
    row = saved(make(status="draft"))
    assert buttons(shown(publisher, row)) == [True, False]
    assert publisher.save(row, sources="https://example.org/other", _publish="Publish") == {}
    assert (now(row).status, now(row).sources) == ("published", "https://example.org/other")
    assert buttons(shown(publisher, row)) == [False, True]
    assert publisher.save(row, sources="https://example.org/third", _take_off="Take off the site") == {}
    assert (now(row).status, now(row).sources) == ("draft", "https://example.org/third")


def test_the_form_comes_again_and_says_what_was_done(publisher: Desk) -> None:
    row = saved(gpu(status="draft"))
    for button, says in (("_publish", "is public now"), ("_take_off", "is off the site")):
        publisher.save(row, **{button: "yes"})
        page = publisher.page(row)
        assert says_first(page).startswith("GPU “Test Card” was saved and")
        assert says in page.content.decode()


def test_a_new_record_is_published_by_its_button(publisher: Desk) -> None:
    html = publisher.client.get("/admin/catalog/gpu/add/").content.decode()
    assert (buttons(html), "What is missing" in html) == ([True, False], False)
    facts = {"name": "New", "slug": "new", "full_name": "New", "vendor": "NVIDIA", "segment": "consumer"}
    figures = {"memory_gb": "24", "bandwidth_gb_s": "1008", "sources": "https://example.org/card"}
    assert publisher.add(Gpu, **facts, **figures, _publish="Publish") == {}
    assert Gpu.objects.get(slug="new").status == "published"


def test_what_is_missing_is_listed_and_keeps_it_a_draft(publisher: Desk) -> None:
    row = saved(gpu(status="draft", sources=REASON_ALONE))
    assert "What is missing for publishing:" in shown(publisher, row)
    assert NO_ADDRESS in shown(publisher, row)
    publisher.why = ""
    assert publisher.save(row, _publish="Publish") == {"sources": [NO_ADDRESS]}
    publisher.why = "It is a printed manual."
    answer = publisher.client.post(f"/admin/catalog/gpu/{row.pk}/change/", {"name": "Typed", "_publish": "yes"})
    html = answer.content.decode()
    assert (buttons(html), 'value="Typed"' in html, NO_ADDRESS in html) == ([True, False], True, True)
    assert now(row).status == "draft"
    assert publisher.save(row, _publish="Publish") == {}
    assert (now(row).status, now(row).saved_anyway[0]["reason"]) == ("published", "It is a printed manual.")


def test_a_complete_draft_says_so_and_what_its_pages_will_lack(publisher: Desk) -> None:
    row = saved(language_model(status="draft", architecture=None))
    assert "Nothing is missing for publishing." in shown(publisher, row)
    assert APPROXIMATE in shown(publisher, row)


def test_the_form_of_what_is_public_says_nothing_of_it(publisher: Desk) -> None:
    assert "for publishing" not in shown(publisher, saved(gpu(sources=REASON_ALONE)))


def test_a_draft_has_a_way_to_its_pages(publisher: Desk) -> None:
    row = saved(gpu(status="draft"))
    address = f'href="/admin/catalog/gpu/{row.pk}/preview/"'
    assert shown(publisher, row).count(address) == 2
    row.status = "published"
    row.save()
    assert address not in shown(publisher, row)


def test_an_editor_has_no_button_and_is_told_whom_to_ask(editor: Desk) -> None:
    row = saved(gpu(status="draft"))
    assert "Ask a Publisher" not in shown(editor, row)
    User.objects.create(username="root", is_staff=True, is_superuser=True)
    assert "Ask a Publisher: root." in shown(editor, row)
    account = member(PUBLISHERS)
    assert buttons(shown(editor, row)) == [False, False]
    assert "Ask a Publisher: one of the Publishers." in shown(editor, row)
    account.email = "p@example.org"
    account.save()
    assert 'href="mailto:p@example.org?subject=Please%20publish%3A%20Test%20Card&amp;body=http' in shown(editor, row)


def test_a_button_that_an_editor_was_not_shown_does_nothing(editor: Desk) -> None:
    row = saved(gpu(status="draft"))
    for button in ("_publish", "_take_off"):
        assert editor.save(row, sources="https://example.org/other", **{button: "yes"}) == {}
        messages = [str(message) for message in editor.client.get("/admin/").context["messages"]]
        assert ("was changed successfully" if button == "_publish" else "nothing was changed") in messages[0]
    assert (now(row).status, now(row).sources) == ("draft", "https://example.org/other")


def test_the_default_quantization_is_not_taken_off_by_its_button(publisher: Desk) -> None:
    errors = publisher.save(Quant.objects.get(slug="q4-k-m"), _take_off="yes")
    assert "The default quantization must be published" in str(errors)
