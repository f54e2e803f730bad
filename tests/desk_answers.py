"""For every address of the desk, what each kind of account is answered.

Each request is undone after it. A GET opens the page; a POST sends an empty form, but a deletion is confirmed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver

from catalog.models import CatalogRecord, Gpu, RetiredSlug
from config.sign_in.by_mail import patterns as new_password_by_mail
from fitpages.desk.urls import patterns as desk_patterns
from tests.catalog import rows

ROLES = ("anonymous", "visitor", "no rights", "editor", "publisher", "superuser")
MAKERS = (
    *(rows.quant, rows.gpu, rows.language_model, rows.artifact, rows.repository, rows.benchmark),
    *(rows.popularity, rows.board_score, rows.price, rows.pick),
)
# Where two rows must differ, the second and a third.
SECOND = {"order": 96, "label": "Q8_0", "board": "Test Board v2", "use": "reasoning"}
THIRD = {"order": 95, "label": "Q6_K", "board": "Test Board v3", "use": "fast"}
# What is asked of the autocomplete: models for the form of a published file.
AUTOCOMPLETE = "?app_label=catalog&model_name=artifact&field_name=model"
Answers = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Address:
    """One of the desk: its route, and of which record where there is a choice."""

    route: str
    path: str
    state: str = ""

    def __str__(self) -> str:
        return f"{self.route} {self.state}".strip() or "/"


def table() -> dict[Address, Answers]:
    """What each role is answered at each address."""
    cookies = {role: _cookie(account) for role, account in _accounts().items()}
    client = Client()
    return {
        address: {role: _answers(client, address, cookie) for role, cookie in cookies.items()}
        for address in addresses(_objects())
    }


def printed(answered: dict[Address, Answers]) -> str:
    """The table as text: the statuses of GET and POST for each role."""
    width = max(len(str(address)) for address in answered)
    lines = [f"{'GET/POST':{width}}  {'  '.join(f'{role:>9}' for role in ROLES)}"]
    for address, given in answered.items():
        lines.append(f"{address!s:{width}}  {'  '.join(f'{get}/{post}'.rjust(9) for get, post in given.values())}")
    return "\n".join(lines)


def routes() -> list[str]:
    """Every pattern of the desk, as it stands below /admin/."""
    return list(_routes([*new_password_by_mail, *desk_patterns, *admin.site.get_urls()]))


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def addresses(objects: dict[str, dict[str, models.Model]]) -> list[Address]:
    """Every address of the desk, on records that there are."""
    return [address for route in routes() for address in _filled(route, objects)]


def _filled(route: str, objects: dict[str, dict[str, models.Model]]) -> Iterator[Address]:
    card = f"r/{ContentType.objects.get_for_model(Gpu).pk}/{Gpu.objects.get(slug='l4').pk}/"
    special = {
        "autocomplete/": f"autocomplete/{AUTOCOMPLETE}",
        "r/<path:content_type_id>/<path:object_id>/": card,
        "password_reset/<uidb64>/<token>/": "password_reset/MQ/a-token/",
        "attention/<slug:name>/": "attention/drafts/",
        "preview/<path:address>": "preview/gpus/test-card-2/",
        "catalog/<kind>/<int:key>/preview/": f"catalog/gpu/{objects['catalog/gpu']['draft'].pk}/preview/",
        "(?P<url>.*)$": "no-such/",
    }
    if route.startswith("^effects/"):
        yield from _effects(objects["catalog/gpu"], "all/" if route.endswith("all/$") else "")
        return
    label = re.fullmatch(r"\^\(\?P<app_label>([\w|]+)\)/\$", route)
    if label:
        yield from (Address(f"{app}/", f"/admin/{app}/") for app in label[1].split("|"))
    elif route not in special and "<" in route:
        for state, row in objects[_begins(route)].items():
            numbered = route.replace("<int:number>", str(_number(row)))
            yield Address(route, f"/admin/{re.sub('<.+?>', str(row.pk), numbered)}", state)
    else:
        yield Address(route, f"/admin/{special.get(route, route)}")


def _effects(cards: dict[str, models.Model], ending: str) -> Iterator[Address]:
    """Of the forms that have them that of a card stands for all."""
    for state, key in {**{state: str(row.pk) for state, row in cards.items()}, "new": "add"}.items():
        yield Address(f"effects/<kind>/<key>/{ending}", f"/admin/effects/gpu/{key}/{ending}", state)


def _begins(route: str) -> str:
    """Where an address begins, by which there are rows for it: a kind of record, or what was deleted of one."""
    parts = route.split("/")
    return "/".join(parts[: 3 if parts[2] == "deleted" else 2])


def _number(row: models.Model) -> int:
    """Of the newest state of a record, or of a state itself."""
    history: Any = getattr(row, "history", None)
    return int(history.first().pk if history else row.pk)


def _accounts() -> dict[str, User | None]:
    """One of each role; the visitor's account is not of the staff."""
    staff = {role: User.objects.create(username=role, is_staff=True) for role in ROLES[2:]}
    staff["editor"].groups.add(Group.objects.get(name="Editors"))
    staff["publisher"].groups.add(Group.objects.get(name="Publishers"))
    User.objects.filter(username="superuser").update(is_superuser=True)
    return {"anonymous": None, "visitor": User.objects.create(username="visitor"), **staff}


def _cookie(account: User | None) -> str:
    if account is None:
        return ""
    client = Client()
    client.force_login(account)
    return f"sessionid={client.cookies['sessionid'].value}"


def _answers(client: Client, address: Address, cookie: str) -> tuple[int, int]:
    sent = {"post": "yes"} if address.route.endswith("/delete/") else {}
    with transaction.atomic():
        get = client.get(address.path, HTTP_COOKIE=cookie).status_code
        post = client.post(address.path, sent, HTTP_COOKIE=cookie).status_code
        transaction.set_rollback(True)
    return get, post


def _objects() -> dict[str, dict[str, models.Model]]:
    """A public record and a draft of each kind, a user and a group, by where their addresses begin."""
    pairs = {f"catalog/{make().kind()}": {"public": _saved(make()), "draft": _draft(make())} for make in MAKERS}
    gone = {f"{kind}/deleted": {"": _deleted(of_kind["draft"])} for kind, of_kind in pairs.items()}
    other, group = User.objects.create(username="other"), Group.objects.create(name="Others")
    address = {"": RetiredSlug.objects.create(kind="gpu", slug="a-spelling", successor="l4")}
    return {**pairs, **gone, "catalog/retiredslug": address, "auth/user": {"": other}, "auth/group": {"": group}}


def _draft(row: CatalogRecord) -> CatalogRecord:
    """Another row like it, which differs wherever two must."""
    row.name, row.slug, row.status = f"{row.name}2", f"{row.slug}-2", "draft"
    for name, value in SECOND.items():
        if hasattr(row, name):
            setattr(row, name, value)
    return _saved(row)


def _deleted(draft: CatalogRecord) -> models.Model:
    """The last state of another row like it, which is deleted."""
    row = type(draft).objects.get(pk=draft.pk)
    row.pk, row.name, row.slug = None, f"{row.name}3", f"{row.slug}-3"
    for name, value in THIRD.items():
        if hasattr(row, name):
            setattr(row, name, value)
    row.save(force_insert=True)
    row.delete()
    state: models.Model = type(draft).history.first()
    return state


def _saved(row: CatalogRecord) -> CatalogRecord:
    row.save()
    return row
