"""Lists are edited by who may publish, cell by cell, with the checks of the form."""

from typing import Any

import pytest

from catalog.admin.doubts import OPEN_IT
from catalog.doubts import Doubt
from catalog.models import Artifact, CatalogRecord, CatalogRevision, Gpu, Quant
from tests.catalog import rows
from tests.catalog.desk import Desk
from tests.catalog.people import EDITORS, PUBLISHERS, desk_of_member

pytestmark = pytest.mark.django_db

# A small card, at a price that nobody asks about.
SMALL = {"memory_gb": 8, "bandwidth_gb_s": "128", "launch_price_source": rows.SOURCE}
LISTS = {kind: f"/admin/catalog/{kind.kind()}/?q=zz" for kind in (Gpu, Quant, Artifact)}


class Sheet:
    """A list as it was opened, which is sent with some cells changed."""

    def __init__(self, desk: Desk, kind: type[CatalogRecord]) -> None:
        self.desk, self.kind = desk, kind
        formset = desk.client.get(LISTS[kind]).context["cl"].formset
        self.forms = formset.forms
        self.sent = {f"form-{name}": str(value) for name, value in formset.management_form.initial.items()}
        for form in formset.forms:
            self.sent |= _as_opened(form)

    def send(self, row: CatalogRecord, **cells: str | None) -> Any:
        """Change cells of a row, None unticks a box; the formset with its faults, or None where it is saved."""
        (form,) = (form for form in self.forms if form.instance.pk == row.pk)
        changed = {f"{form.prefix}-{name}": value for name, value in cells.items()}
        sent = {name: value for name, value in {**self.sent, **changed, "_save": "Save"}.items() if value is not None}
        answer = self.desk.client.post(LISTS[self.kind], sent)
        return answer.context["cl"].formset if answer.context else None


def _as_opened(form: Any) -> dict[str, str]:
    sent = {}
    for field in form:
        value = field.value()
        text = "" if value is None else str(value)
        sent |= {field.html_initial_name: text} if field.field.show_hidden_initial else {}
        sent |= {} if value is False else {field.html_name: "on" if value is True else text}
    return sent


@pytest.fixture
def publisher() -> Desk:
    return desk_of_member(PUBLISHERS)


@pytest.fixture
def card() -> Gpu:
    card = rows.gpu(name="ZZ 1", slug="zz-1", launch_price_usd="100.00", **SMALL)
    card.save()
    rows.gpu(name="ZZ 2", slug="zz-2", launch_price_usd="200.00", **SMALL).save()
    return card


def test_a_price_is_changed_in_the_list_as_one_change_of_the_catalog(publisher: Desk, card: Gpu) -> None:
    before = CatalogRevision.current_token()
    assert Sheet(publisher, Gpu).send(card, launch_price_usd="150") is None
    card.refresh_from_db()
    assert card.launch_price_usd == 150
    assert CatalogRevision.current_token() != before


def test_who_may_not_publish_has_a_list_to_look_at(card: Gpu) -> None:
    desk = desk_of_member(EDITORS)
    assert desk.client.get(LISTS[Gpu]).context["cl"].formset is None
    sent = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": card.pk, "form-0-launch_price_usd": "1"}
    desk.client.post(LISTS[Gpu], {**sent, "_save": "Save"})
    card.refresh_from_db()
    assert card.launch_price_usd == 100


def test_a_list_changes_no_status(publisher: Desk, card: Gpu) -> None:
    draft = rows.gpu(name="ZZ 3", slug="zz-3", status="draft", **SMALL)
    draft.save()
    assert Sheet(publisher, Gpu).send(draft, launch_price_usd="140", status="published") is None
    draft.refresh_from_db()
    assert (draft.status, draft.launch_price_usd) == ("draft", 140)


def test_a_slip_is_asked_about_at_its_cell_and_no_row_is_saved(publisher: Desk, card: Gpu) -> None:
    formset = Sheet(publisher, Gpu).send(card, launch_price_usd="100000")
    sentence, advice = formset.forms[0].errors["launch_price_usd"]
    assert sentence.startswith("The price at launch is $100,000, but the cards most like it (")
    assert advice == "Open the record, and correct the figure or say why it is right."
    assert formset.forms[0].non_field_errors() == []
    card.refresh_from_db()
    assert card.launch_price_usd == 100


def test_a_question_about_a_field_that_the_list_has_not_stands_at_the_cell_that_was_changed(
    publisher: Desk, card: Gpu, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Doubt("a_check", "bandwidth_gb_s", "The bandwidth is asked about.")
    monkeypatch.setattr("catalog.admin.doubts.doubts", lambda row: [asked])
    formset = Sheet(publisher, Gpu).send(card, launch_price_usd="110")
    assert formset.forms[0].errors == {"launch_price_usd": [asked.says, OPEN_IT]}


def test_a_fault_is_said_at_its_cell(publisher: Desk, card: Gpu) -> None:
    formset = Sheet(publisher, Gpu).send(card, launch_price_usd="-5")
    assert formset.forms[0].errors == {"launch_price_usd": ["This must be above zero, not -5."]}


def test_a_fault_of_a_field_that_the_list_has_not_is_said_above_the_row_with_its_name(publisher: Desk) -> None:
    level = rows.quant(name="ZZ", slug="zz", shown="folded", bytes_per_weight=None)
    level.save()
    formset = Sheet(publisher, Quant).send(level, shown="always")
    (sentence,) = formset.forms[0].non_field_errors()
    assert sentence.startswith("Bytes per weight: What is shown always")


def test_two_are_not_preferred(publisher: Desk) -> None:
    first = rows.artifact(name="ZZ 1", slug="zz-1", preferred=True, repository="zz/one")
    second = rows.artifact(name="ZZ 2", slug="zz-2", repository="zz/two")
    first.save()
    second.save()
    formset = Sheet(publisher, Artifact).send(second, preferred="on")
    assert "Another file of this model is preferred" in str([form.errors for form in formset.forms])


def test_rows_and_cells_that_were_left_alone_stay_as_somebody_else_made_them(publisher: Desk, card: Gpu) -> None:
    sheet = Sheet(publisher, Gpu)
    rows.change(Gpu, "zz-2", launch_price_usd="222")
    rows.change(Gpu, "zz-1", common=True)
    assert sheet.send(card, launch_price_usd="150") is None
    prices = dict(Gpu.objects.filter(slug__startswith="zz").values_list("slug", "launch_price_usd"))
    assert prices == {"zz-1": 150, "zz-2": 222}
    assert Gpu.objects.get(slug="zz-1").common


def test_a_cell_that_somebody_else_changed_is_not_written_over(publisher: Desk, card: Gpu) -> None:
    sheet = Sheet(publisher, Gpu)
    rows.change(Gpu, "zz-1", launch_price_usd="111")
    (form, _) = sheet.send(card, launch_price_usd="150").forms
    assert "Somebody else made this 111.00 in the meantime." in form.errors["launch_price_usd"][0]
    card.refresh_from_db()
    assert card.launch_price_usd == 111


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"TOTAL_FORMS": "1000000000", "INITIAL_FORMS": "1000000000"},
        {"TOTAL_FORMS": "-1", "INITIAL_FORMS": "-1"},
        {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1", "0-id": "9" * 40},
        {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1", "0-id": "no key"},
        {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1", "0-id": "0", "0-launch_price_usd": "NaN"},
        {"TOTAL_FORMS": "2", "INITIAL_FORMS": "2", "0-id": "1", "1-id": "1"},
    ],
)
def test_what_no_list_sends_changes_nothing_and_is_no_fault(publisher: Desk, card: Gpu, sent: dict[str, str]) -> None:
    before = list(Gpu.objects.order_by("pk").values_list("pk", "launch_price_usd", "common"))
    named = {f"form-{name}": value for name, value in sent.items()}
    assert publisher.client.post(LISTS[Gpu], {**named, "_save": "Save"}).status_code in (200, 302, 400)
    assert list(Gpu.objects.order_by("pk").values_list("pk", "launch_price_usd", "common")) == before


@pytest.mark.parametrize("cell", ["NaN", "1e999", "\0", "9" * 50, "1,5"])
def test_what_is_no_price_is_said_at_its_cell(publisher: Desk, card: Gpu, cell: str) -> None:
    assert "launch_price_usd" in Sheet(publisher, Gpu).send(card, launch_price_usd=cell).forms[0].errors
