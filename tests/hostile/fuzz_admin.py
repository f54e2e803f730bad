"""The admin, asked by an editor who is signed in: lists, records, autocomplete, history, users."""

import random

from tests.hostile import odd
from tests.hostile.request import PAYLOADS, SIGNED_IN, Request, chance, form, raw
from tests.hostile.surface import TABLES, Surface

LOOKUPS = (
    *("__exact", "__iexact", "__regex", "__iregex", "__isnull", "__in", "__gte", "__lt", "__year", "__month", "__date"),
    *(
        "__contains",
        "__range",
        "__startswith",
        "__search",
        "__id__exact",
        "__pk",
        "__nothing",
        "____",
        "__week_day",
        "__isempty",
    ),
)
FIELDS = (
    "name",
    "slug",
    "status",
    "updated_at",
    "created_at",
    "release_date",
    "id",
    "pk",
    "model",
    "gpu",
    "notes",
    "sources",
    "quant",
)
NAMES = ("q", "o", "p", "all", "e", "_popup", "_to_field", "_changelist_filters", "ot", "IS_POPUP_VAR")
PLACES = (
    "add/",
    "{row}",
    "{row}delete/",
    "{row}history/",
    "{row}history/{odd}/",
    "deleted/",
    "deleted/{odd}/",
    "{odd}/change/",
    "{odd}/delete/",
    "{odd}/history/",
    "{odd}/",
    "{odd}",
)
SETTERS = (
    *("/admin/password_change/", "/admin/auth/user/add/", "/admin/auth/user/1/change/", "/admin/auth/group/add/"),
    *("/admin/auth/user/1/password/", "/admin/auth/user/9/change/"),
)
USER_FORM = "user form"


def listing(surface: Surface, name: str) -> Request:
    """A list with odd filters, orders, pages and searches."""
    choice = chance(name)
    path = choice.choice(tuple(surface.filters))
    own = surface.filters[path]
    keys = [_key(choice, tuple(own)) for _ in range(choice.randint(1, 3))]
    pairs = [(key, _list_value(choice, own.get(key, []))) for key in keys]
    target = f"{path}?{'&'.join(f'{key}={value}' for key, value in pairs)}"
    return Request(name, f"list {path}", raw("GET", target[:8000], SIGNED_IN))


def _key(choice: random.Random, own: tuple[str, ...]) -> str:
    kind = choice.random()
    if kind < 0.4 and own:
        return choice.choice(own)
    return choice.choice(NAMES) if kind < 0.6 else choice.choice(FIELDS) + choice.choice(LOOKUPS)


def _list_value(choice: random.Random, values: list[str]) -> str:
    if values and choice.random() < 0.3:
        return odd.encoded(choice.choice(values))
    return odd.encoded(choice.choice(PAYLOADS)) if choice.random() < 0.2 else odd.in_address(choice)


def place(surface: Surface, name: str) -> Request:
    """The other addresses of the admin: forms to add, to delete, history, popups, autocomplete, the way to a page."""
    choice = chance(name)
    table = choice.choice(TABLES)
    pattern = choice.choice(PLACES)
    inner = pattern.format(row=_row(choice, surface, table), odd=odd.in_address(choice))
    path = f"/admin/catalog/{table}/{inner}"
    query = choice.choice(
        ("", f"?_popup={odd.in_address(choice)}", f"?_to_field={odd.in_address(choice)}", _prefill(choice))
    )
    others = (
        f"/admin/autocomplete/?{_autocomplete(choice)}",
        f"/admin/r/{choice.randint(1, 20)}/{odd.in_address(choice)}/",
        f"/admin/{odd.in_address(choice)}",
        "/admin/jsi18n/?" + odd.in_address(choice),
        "/admin/auth/user/1/" + choice.choice(("history/", "password/", "delete/")),
    )
    if choice.random() < 0.3:
        target = choice.choice(others)
        return Request(name, "other place in the admin", raw("GET", target[:8000], SIGNED_IN))
    return Request(name, f"{table} {pattern}", raw("GET", (path + query)[:8000], SIGNED_IN))


def _row(choice: random.Random, surface: Surface, table: str) -> str:
    """The number of a row, with its stroke."""
    return choice.choice(surface.rows[table]).split("/")[-3] + "/"


def _prefill(choice: random.Random) -> str:
    return "?" + "&".join(f"{choice.choice(FIELDS)}={odd.in_address(choice)}" for _ in range(2))


def _autocomplete(choice: random.Random) -> str:
    own = {
        "app_label": "catalog",
        "model_name": "artifact",
        "field_name": choice.choice(("model", "quant")),
        "term": "q",
    }
    own[choice.choice((*own, "page"))] = odd.value(choice)[:2000]
    return "&".join(f"{key}={odd.encoded(value)}" for key, value in own.items())


def action(surface: Surface, name: str) -> Request:
    """Bulk actions with odd choices, and forms about users."""
    choice = chance(name)
    if choice.random() < 0.4:
        keys = ("username", "password1", "password2", "old_password", "new_password1", "new_password2", "email", "name")
        fields = {key: odd.value(choice) for key in choice.sample(keys, 5)} | {
            "date_joined_0": choice.choice(odd.DATES)
        }
        return Request(name, USER_FORM, form(choice.choice(SETTERS), fields, signed_in=True))
    # All rows at once only of a table of few: of the others it takes long, as it should.
    across = choice.choice(("0", "0", "0", odd.value(choice)))
    table = choice.choice(TABLES) if across == "0" else "quant"
    fields = {
        "action": choice.choice(("publish", "take_off", "nothing", odd.value(choice))),
        "_selected_action": choice.choice((_row(choice, surface, table).strip("/"), odd.value(choice))),
        "select_across": across,
        "index": choice.choice(("0", odd.value(choice))),
    }
    return Request(name, "bulk action", form(f"/admin/catalog/{table}/", fields, signed_in=True))
