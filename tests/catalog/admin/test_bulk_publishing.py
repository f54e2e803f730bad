"""Many at once: first a page that says what will happen, then one change for the public."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from catalog.admin import bulk_publishing
from catalog.admin.bulk_publishing import plan_of
from catalog.models import Artifact, CatalogRecord, CatalogRevision, Gpu
from catalog.models.artifact import WITHOUT_REPOSITORY
from tests.catalog.desk import Desk
from tests.catalog.people import PUBLISHERS, desk_of_member
from tests.catalog.rows import artifact, everything, gpu

pytestmark = pytest.mark.django_db

REASON_ALONE = "no address: a printed manual"
NO_ADDRESS = "No line of the sources begins with an address: nobody can check the figures of a public record."


@pytest.fixture
def publisher() -> Desk:
    return desk_of_member(PUBLISHERS)


@pytest.fixture
def cards() -> list[Gpu]:
    """Two complete drafts, one whose source nobody can follow, and one that is public."""
    sources = {"third": REASON_ALONE}
    rows = [
        gpu(
            name=name.title(),
            slug=name,
            status="published" if name == "fourth" else "draft",
            sources=sources.get(name, "https://example.org/card"),
        )
        for name in ("first", "second", "third", "fourth")
    ]
    for row in rows:
        row.save()
    return rows


def statuses(rows: list[Any]) -> list[str]:
    return [type(row).objects.get(pk=row.pk).status for row in rows]


def test_what_it_will_do_is_said_and_nothing_is_done(publisher: Desk, cards: list[Gpu]) -> None:
    before = everything()
    answer = publisher.ask("publish", *cards)
    html = " ".join(re.sub("<[^>]*>", "", answer.content.decode()).split())
    assert answer.status_code == 200
    assert "2 will be public at once" in html
    assert "This adds 2 pages of their own and" in html
    assert "1 will stay as it is" in html
    assert f"Third: {NO_ADDRESS}" in html
    assert "1 is public already." in html
    assert everything() == before


def test_the_page_sends_what_will_change(publisher: Desk, cards: list[Gpu]) -> None:
    html = publisher.ask("publish", *cards).content.decode()
    hidden = dict.fromkeys(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', html))
    chosen = [value for name, value in hidden if name == "_selected_action"]
    assert chosen == [str(card.pk) for card in cards[:2]]
    assert {("action", "publish"), ("confirmed", "yes")} <= hidden.keys()


def test_it_is_done_as_one_change_with_history_and_log(publisher: Desk, cards: list[Gpu], monkeypatch: Any) -> None:
    bumps: list[int] = []
    bump = CatalogRevision.bump
    token = CatalogRevision.current_token()
    monkeypatch.setattr(CatalogRevision, "bump", classmethod(lambda _: bumps.append(1) or bump()))
    assert publisher.act("publish", *cards) == ["2 published."]
    assert CatalogRevision.current_token() != token
    assert statuses(cards) == ["published", "published", "draft", "published"]
    for card in cards[:2]:
        state = card.history.first()
        assert (state.status, state.history_type, state.history_user.username) == (
            "published",
            "~",
            "one of the Publishers",
        )
        assert state.history_change_reason == "Published with 1 other."
    assert cards[2].history.count() == 1
    assert set(LogEntry.objects.values_list("object_repr", "change_message")) == {
        (name, "Status set to published.") for name in ("First", "Second")
    }
    assert Gpu.objects.get(slug="first").updated_at > cards[0].updated_at


def test_they_are_taken_off_in_the_same_way(publisher: Desk, cards: list[Gpu]) -> None:
    html = " ".join(re.sub("<[^>]*>", "", publisher.ask("take_off", cards[3], cards[0]).content.decode()).split())
    assert "1 will be off the site at once This removes 1 page of its own and" in html
    assert "1 is no longer public already." in html
    assert publisher.act("take_off", cards[3]) == ["1 taken off the site."]
    assert statuses(cards) == ["draft"] * 4


def test_where_nothing_can_change_there_is_no_button(publisher: Desk, cards: list[Gpu]) -> None:
    html = publisher.ask("publish", cards[2]).content.decode()
    assert "None of them can be published." in html
    assert 'type="submit" class="default"' not in html


def test_what_became_incomplete_meanwhile_stays_and_the_desk_says_why(publisher: Desk, cards: list[Gpu]) -> None:
    sent = {"action": "publish", "confirmed": "yes", "_selected_action": [cards[0].pk, cards[2].pk]}
    answer = publisher.client.post("/admin/catalog/gpu/", sent, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        f"Third was left as it is: {NO_ADDRESS}",
        "1 published.",
    ]
    assert statuses(cards) == ["published", "draft", "draft", "published"]


def test_what_the_database_refuses_stays_and_the_others_change(publisher: Desk, monkeypatch: Any) -> None:
    """A row that was checked, and changed before it was saved."""
    rows: list[CatalogRecord] = [artifact(status="draft"), artifact(name="B", slug="b", label="X", status="draft")]
    for row in rows:
        row.save()
    Artifact.objects.filter(pk=rows[1].pk).update(repository="")
    monkeypatch.setattr(bulk_publishing, "_faults", lambda row, others: [])
    assert publisher.act("publish", *rows) == [
        f"B was left as it is: {WITHOUT_REPOSITORY}",
        "1 published.",
    ]
    assert statuses(rows) == ["published", "draft"]
    assert [state.status for state in rows[0].history.all()][:1] == ["published"]


def test_a_plan_asks_a_few_questions_however_many_rows(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        plan = plan_of(Artifact.objects.all(), "draft")
    assert len(plan.changing) > 600
