"""Public addresses, bent; and all that might lead a reader away from the site."""

import random
from collections.abc import Callable

from tests.hostile import odd
from tests.hostile.request import FOREIGN, Request, chance, raw
from tests.hostile.surface import Surface

Bend = Callable[[random.Random, str], str]


def _at(choice: random.Random, text: str, piece: str) -> str:
    place = choice.randint(1, len(text))
    return text[:place] + piece + text[place:]


BENDS: tuple[Bend, ...] = (
    lambda choice, path: path.upper(),
    lambda choice, path: path.title(),
    lambda choice, path: path.rstrip("/"),
    lambda choice, path: path.replace("/", "//"),
    lambda choice, path: path.replace("/", "\\"),
    lambda choice, path: path.replace("/", "%2f"),
    lambda choice, path: path.replace("-", "_").replace("2", "."),
    lambda choice, path: path.replace("-on-", "-on--on-"),
    lambda choice, path: "".join(f"%{ord(letter):02x}" for letter in path),
    lambda choice, path: "/" + path[1:] + choice.choice(("..", ".", "%2e%2e", "..;")) + "/",
    lambda choice, path: "/" + "../" * choice.randint(1, 40) + path[1:],
    lambda choice, path: path + path[1:] * choice.randint(1, 60),
    lambda choice, path: path + "a" * choice.choice((100, 1000, 4000, 8000, 9000, 70000)),
    lambda choice, path: _at(choice, path, odd.in_address(choice)),
    lambda choice, path: _at(choice, path, choice.choice(odd.BYTES)),
    lambda choice, path: _at(choice, path, choice.choice(("é", "\x80", "\xff", "\x01", ";a=b", "#a", "?", "*", "|"))),
    lambda choice, path: "/static" + path + odd.in_address(choice),
    lambda choice, path: f"/{odd.in_address(choice)}{path}",
    lambda choice, path: path[1:],
)


def address(surface: Surface, name: str) -> Request:
    """A public address, bent once or twice."""
    choice = chance(name)
    path = choice.choice(surface.addresses)
    for _ in range(choice.randint(1, 2)):
        path = choice.choice(BENDS)(choice, path)
    return Request(name, "address", raw("GET", path[:80_000]))


AWAY = (
    f"//{FOREIGN}/", f"///{FOREIGN}/", f"/\\{FOREIGN}/", f"\\\\{FOREIGN}", f"/%5c{FOREIGN}", f"https://{FOREIGN}/",
    f"http:{FOREIGN}", f"/%09/{FOREIGN}", f"/%2f{FOREIGN}/", f"/.{FOREIGN}", f"https:///{FOREIGN}", f"@{FOREIGN}",
    f"/%0d%0aLocation:%20https://{FOREIGN}/", f"javascript:alert({FOREIGN})", f"http://localhost@{FOREIGN}/",
    f"//{FOREIGN}/%2e%2e", f"/{FOREIGN}/..//", f"https:\\\\{FOREIGN}", f"//{FOREIGN}%00/", f"//localhost:80@{FOREIGN}",
)  # fmt: skip
CLAIMS = ("Host", "X-Forwarded-Host", "X-Forwarded-Server", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "Referer")


def redirect(surface: Surface, name: str) -> Request:
    """An address that is answered with a redirect, and a foreign name in it or beside it."""
    choice = chance(name)
    away = choice.choice(AWAY)
    target = choice.choice(
        (
            f"{away}{choice.choice(surface.addresses)[1:].rstrip('/')}",
            choice.choice(surface.addresses).rstrip("/") + away,
            f"/admin/login/?next={odd.encoded(away)}",
            f"/admin/logout/?next={odd.encoded(away)}",
            f"/run/?model={choice.choice(surface.models)}&gpu={odd.encoded(away)}",
            f"/models/{choice.choice(surface.models).upper()}/?{odd.encoded(away)}",
            f"/gpus/{choice.choice(surface.gpus).upper()}{away}",
            f"/admin{away}",
        )
    )
    claim = choice.choice(CLAIMS)
    claimed = f"host={FOREIGN}" if claim == "Forwarded" else choice.choice((FOREIGN, f"localhost@{FOREIGN}", away))
    return Request(name, "redirect", raw("GET", target, {claim: claimed} if choice.random() < 0.6 else {}))
