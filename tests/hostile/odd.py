"""Values that nobody sends by accident."""

import random
from urllib.parse import quote

NUMBERS = (
    *(
        "-1",
        "0",
        "1e999",
        "1e-999",
        "-0",
        "NaN",
        "Infinity",
        "-Infinity",
        "sNaN123",
        "0x10",
        "1_000",
        "1,000",
        "٣٢",
        "²",
    ),
    *("9" * 30, "9" * 5000, "1" + "0" * 400, "0." + "0" * 400 + "1", "1e4300", "+1", " 1 ", "1.5.5", ".", "e", "1e"),
    *("2147483648", "9223372036854775808", "-9223372036854775809", "4294967296", "1e308", "99999999999999999999.99"),
)
TEXTS = (
    *(
        "",
        " ",
        "\0",
        "a\0b",
        "\ud800",
        "\udfff\ud800",
        "\ufeff",
        "\uffff",
        "\U0010ffff",
        "\u202e\u2066abc",
        "e\u0301" * 200,
    ),
    *("%", "%%%s%d%n", "../../../etc/passwd", "..\\..\\windows", "' OR 1=1 --", '"; DROP TABLE x', "{{7*7}}", "${7*7}"),
    *(
        "\r\nX-Odd: 1",
        "\n",
        "\t",
        "\x1b[31m",
        "\x7f",
        "a" * 300,
        "a" * 7000,
        "İ",
        "ſ",
        "ﬀ",
        "K",
        "🧨" * 50,
        "\\",
        "|",
        "*",
    ),
    *(
        "(((((",
        "[a-",
        "(a+)+$",
        "?",
        "None",
        "null",
        "true",
        "undefined",
        "__class__",
        "id",
        "-name",
        "--",
        "a,b,,c",
        "/",
    ),
)
DATES = (
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "2024-02-30",
    "0001-01-01",
    "-2024-01-01",
    "2024-13",
    "99999999",
    "２０２４-01-01",
)
BYTES = (
    "%",
    "%z",
    "%zz",
    "%00",
    "%ff",
    "%c0%af",
    "%c0%80",
    "%e0%80%af",
    "%ed%a0%80",
    "%f5%80%80%80",
    "%u0041",
    "%0d%0a",
    "%2525",
)


def value(chance: random.Random) -> str:
    """An odd number, text or date, sometimes two of them."""
    odd = chance.choice(chance.choice((NUMBERS, TEXTS, TEXTS, DATES)))
    return odd + chance.choice(TEXTS) if chance.random() < 0.15 else odd


def encoded(text: str) -> str:
    """As it goes into an address; half a surrogate pair as its three bytes."""
    return quote(text, safe="", errors="surrogatepass")


def in_address(chance: random.Random) -> str:
    """An odd value in an address, sometimes of bytes that are no text."""
    if chance.random() < 0.25:
        return "".join(chance.choice(BYTES) for _ in range(chance.randint(1, 4)))
    return encoded(value(chance))[:7500]
