"""An editor at the admin, through Django's own client: forms are sent as a browser sends them."""

from typing import Any

from django.contrib.auth.models import User
from django.forms import BoundField, Textarea
from django.test import Client

from catalog.models import CatalogRecord

WHY = "The source has it so."


class Desk:
    """The admin as a signed-in editor sees it, who answers `why` to whatever is asked; "" answers nothing."""

    def __init__(self, client: Client, why: str = WHY) -> None:
        self.client, self.why = client, why

    def listing(self, model: type[CatalogRecord], **query: str) -> list[str]:
        """The slugs in a list, as searched and filtered by `query`."""
        answer = self.client.get(_address(model), query)
        assert answer.status_code == 200
        return [row.slug for row in answer.context["cl"].queryset]

    def page(self, row: CatalogRecord) -> Any:
        """The answer with a record's form."""
        return self.client.get(_address(type(row), row.pk, "change"))

    def save(self, row: CatalogRecord, **changes: Any) -> dict[str, list[str]]:
        """Change fields of a record's form and save; the sentences of its errors by field, none if it is saved."""
        return self._sent(_address(type(row), row.pk, "change"), {**self.opened(row), **changes})

    def opened(self, row: CatalogRecord) -> dict[str, Any]:
        """What the form of a record, as it is now, sends where nothing is typed."""
        return _sent(self.page(row).context["adminform"].form)

    def send(self, row: CatalogRecord, fields: dict[str, Any]) -> Any:
        """The answer to a form that may have been opened a while ago."""
        return self.client.post(_address(type(row), row.pk, "change"), fields)

    def add(self, model: type[CatalogRecord], **values: str) -> dict[str, list[str]]:
        """Fill in the form for a new record and save; the sentences of its errors by field, none if it is saved."""
        address = _address(model, "add")
        sent = _sent(self.client.get(address).context["adminform"].form)
        return self._sent(address, {**sent, **values})

    def _sent(self, address: str, values: dict[str, Any]) -> dict[str, list[str]]:
        """Send a form, once more with reasons where something is asked; the errors that it comes back with."""
        answer = self.client.post(address, values)
        asked = answer.context["adminform"].form.asked if answer.context and self.why else []
        if asked:
            answer = self.client.post(address, {**values, **{question.html_name: self.why for question in asked}})
        assert answer.status_code == (200 if answer.context else 302)
        return dict(answer.context["adminform"].form.errors) if answer.context else {}

    def act(self, action: str, *rows: CatalogRecord) -> list[str]:
        """Carry out an action on rows of a list, and confirm it where the desk asks; what the desk says of it."""
        answer = self.ask(action, *rows)
        if "plan" in answer.context and answer.context["plan"].changing:
            chosen = [str(row.pk) for row in answer.context["plan"].changing]
            sent = {"action": action, "confirmed": "yes", "_selected_action": chosen}
            answer = self.client.post(_address(type(rows[0])), sent, follow=True)
        return [str(message) for message in answer.context["messages"]]

    def ask(self, action: str, *rows: CatalogRecord) -> Any:
        """The answer to an action that was chosen in a list: the page that asks, or the list again."""
        chosen = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
        return self.client.post(_address(type(rows[0])), chosen, follow=True)


def desk_of(user: User, why: str = WHY) -> Desk:
    """The desk of a user who is signed in."""
    client = Client()
    client.force_login(user)
    return Desk(client, why)


def _address(model: type[CatalogRecord], *parts: object) -> str:
    return "/".join(["/admin/catalog", str(model._meta.model_name), *map(str, parts), ""])


def _sent(form: Any) -> dict[str, Any]:
    """The fields of a form as a browser sends them: no unticked box, CR LF between lines, none in one line."""
    values: dict[str, Any] = {field.html_name: _value(field) for field in form}
    return {name: value for name, value in values.items() if value is not None}


def _value(field: BoundField) -> str | list[str] | None:
    """Of several boxes to tick the values of those that are."""
    value = field.value()
    if isinstance(value, list):
        return value
    if isinstance(value, bool):
        return "on" if value else None
    line_end = "\r\n" if isinstance(field.field.widget, Textarea) else ""
    return "" if value is None else str(value).replace("\n", line_end)
