"""Forms of records: odd values in every field; markup in every text, and the pages that show it."""

import random

from tests.hostile import odd
from tests.hostile.request import MARK, MARKUP, PAYLOADS, SIGNED_IN, Request, chance, family, form, raw
from tests.hostile.surface import TABLES, Surface

SOURCE = f"https://example.org/{MARKUP}"
# A slug is the address; the document has programs of its own.
NOT_TEXT = {"slug", "architecture"}
ADDRESSES = {"sources", "quality_source", "reported_source", "launch_price_source"}


def record(surface: Surface, name: str) -> Request:
    """The form of a record with one to three odd values; what is refused must be said, what is saved must be shown."""
    choice = chance(name)
    row = _row(choice, surface)
    fields = dict(surface.forms[row])
    for key in choice.sample(tuple(fields), min(len(fields), choice.randint(1, 3))):
        fields[key] = odd.value(choice)
    target = row if choice.random() < 0.85 else row.rsplit("/", 3)[0] + "/add/"
    return Request(name, f"form {_table(row)}", form(target, fields, signed_in=True))


def stored(surface: Surface, name: str) -> Request:
    """Now a form with markup in its texts, now a page that shows records: by the number of the request."""
    choice, seed, number = chance(name), *map(int, name.split(":")[1:])
    if number % 3:
        data = _reader(surface, choice, number)
        return Request(name, f"after markup, {family(data.split(b' ')[1].decode())}", data)
    row, key = _marked(surface, number // 3, seed)
    fields = {**surface.forms[row], key: _payload(choice, surface.texts[row][key], key)}
    data = form(row, fields, signed_in=True)
    return Request(name, f"markup in {_table(row)}", data, marked=f"{_table(row)}.{key}")


def _marked(surface: Surface, turn: int, seed: int) -> tuple[str, str]:
    """A row and one of its fields of text: in turns, so that each field of each table is reached under some seed."""
    tables = [table for table in TABLES if any(_texts(surface, row) for row in surface.rows[table])]
    table, place = tables[turn % len(tables)], turn // len(tables) + 11 * (seed - 1)
    row = surface.rows[table][place % len(surface.rows[table])]
    names = _texts(surface, row)
    return row, names[place % len(names)]


def _texts(surface: Surface, row: str) -> list[str]:
    """The fields of text in a row's form; that of an old address has none."""
    return [key for key in surface.texts[row] if key not in NOT_TEXT]


def _payload(choice: random.Random, longest: int, key: str) -> str:
    """Markup that fits into a field."""
    if key in ADDRESSES:
        return SOURCE
    return choice.choice([payload for payload in PAYLOADS if len(payload) <= longest] or [f"<{MARK}>"[:longest]])


def _reader(surface: Surface, choice: random.Random, number: int) -> bytes:
    if number % 3 == 1:
        return raw("GET", choice.choice((_row(choice, surface), "/admin/", *surface.filters)), SIGNED_IN)
    slugs = [surface.forms[row]["slug"] for table in ("languagemodel", "gpu") for row in surface.rows[table]]
    model, gpu = choice.choice(slugs[: len(slugs) // 2]), choice.choice(slugs[len(slugs) // 2 :])
    own = (f"/models/{model}/", f"/gpus/{gpu}/", f"/run/{model}-on-{gpu}/", f"/calculator/?model={model}&gpu={gpu}")
    return raw("GET", choice.choice((*own, *own, *surface.addresses)))


def _row(choice: random.Random, surface: Surface) -> str:
    """The address of a row's form; each table is as likely as another."""
    return choice.choice(surface.rows[choice.choice(TABLES)])


def _table(row: str) -> str:
    return row.split("/")[3]
