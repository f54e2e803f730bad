"""Parameters of public pages, with odd values; and markup in every parameter, address and header."""

import random

from tests.hostile import odd
from tests.hostile.request import MARK, PAYLOADS, Request, chance, family, raw
from tests.hostile.surface import Surface

HEADERS = (
    *("User-Agent", "Referer", "Accept", "Accept-Language", "Accept-Encoding", "Cookie", "X-Forwarded-For", "Origin"),
    *("X-Forwarded-Host", "X-Forwarded-Proto", "If-None-Match", "Range", "Authorization", "X-Requested-With", "Host"),
)
# The one list that counts anew whatever passes its other filters.
BY_ANSWER = "query /run/, by answer"


def query(surface: Surface, name: str) -> Request:
    """A page with some of its parameters, most of them as they may be and one or two odd."""
    choice = chance(name)
    path = choice.choice(tuple(surface.queries))
    given = list(surface.queries[path].items())
    some = choice.sample(given, choice.randint(1, len(given)))
    pairs = [(key, odd.encoded(choice.choice(values))) for key, values in some]
    for _ in range(choice.randint(1, 2)):
        place = choice.randrange(len(pairs))
        pairs[place] = (pairs[place][0], odd.in_address(choice)[: 7000 // len(pairs)])
    by_answer = path == "/run/" and any(key == "answer" and value in surface.queries[path][key] for key, value in pairs)
    page = BY_ANSWER if by_answer else f"query {family(path)}"
    return Request(name, page, raw("GET", f"{path}?{_joined(choice, pairs)}"[:8100]))


def calculator(surface: Surface, name: str) -> Request:
    """The calculator, where most fields are as they may be, so that something is counted."""
    choice = chance(name)
    given = {
        "model": choice.choice(surface.models),
        "gpu": choice.choice(surface.gpus),
        "cards": choice.choice(("", "1", "2", "8", "64")),
        "context": choice.choice(("", "4096", "131072", "10000000")),
    }
    for key in ("quant", "cache", "split", "offload", "ram"):
        given[key] = choice.choice(surface.calculator.choices[key] or [""])
    odd_one = choice.choice(tuple(surface.calculator.choices))
    if choice.random() < 0.6:
        given[odd_one] = odd.value(choice)[:3000]
    pairs = [(key, odd.encoded(value)) for key, value in given.items()]
    return Request(name, "calculator", raw("GET", f"/calculator/?{_joined(choice, pairs)}"))


def _joined(choice: random.Random, pairs: list[tuple[str, str]]) -> str:
    """Pairs as a query string; now and then many times over, without values or wrongly separated."""
    if choice.random() < 0.03:
        pairs = pairs * choice.choice((10, 1100))
    separator = ";" if choice.random() < 0.03 else "&"
    return separator.join(key if choice.random() < 0.02 else f"{key}={value}" for key, value in pairs)[:7900]


def markup(surface: Surface, name: str) -> Request:
    """Markup in a parameter, in the address or in a header, as it is or encoded."""
    choice = chance(name)
    payload = choice.choice(PAYLOADS)
    coded = odd.encoded(payload) if choice.random() < 0.8 else payload.replace(" ", "%20")
    path = choice.choice(tuple(surface.queries))
    place = choice.random()
    if place < 0.6:
        key = choice.choice((*surface.queries[path], odd.encoded(payload), "next", "q"))
        return Request(name, f"markup {family(path)}", raw("GET", f"{path}?{key}={coded}"))
    if place < 0.85:
        bent = (
            choice.choice(surface.addresses).rstrip("/") + choice.choice(("", "/")) + coded + choice.choice(("", "/"))
        )
        return Request(name, "markup in an address", raw("GET", bent))
    headers = {choice.choice(HEADERS): payload, f"X-{MARK}": payload}
    path = choice.choice(surface.addresses)
    return Request(name, f"markup in a header, {family(path)}", raw("GET", path, headers))
