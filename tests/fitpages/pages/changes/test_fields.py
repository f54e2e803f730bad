"""Fields are called and their values said as readers know them, and two values are always told apart."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from catalog.public_fields import PUBLIC
from catalog.recent_changes import FieldApart
from fitpages.pages.changes.fields import FIELDS, shown


def test_every_field_of_which_readers_are_told_has_words() -> None:
    assert FIELDS.keys() == {name for names in PUBLIC.values() for name in names}


@pytest.mark.parametrize(
    ("name", "before", "after", "words"),
    [
        ("bandwidth_gb_s", Decimal("1008.00"), Decimal("1010.50"), ("Bandwidth", "1,008 GB/s", "1,010.5 GB/s")),
        ("memory_gb", Decimal(24), Decimal("22.5"), ("Memory", "24 GiB", "22.5 GiB")),
        ("power_w", None, 350, ("Power", "not known", "350 W")),
        ("parameters", 72_706_203_648, 32_763_876_352, ("Parameters", "72.7B", "32.8B")),
        ("size_bytes", 4_920_734_272, 5_100_000_000, ("Size", "4.9 GB", "5.1 GB")),
        ("native_context", 32_768, 131_072, ("Context", "32K tokens", "128K tokens")),
        ("extended_context", None, 131_072, ("Context with rope scaling", "none", "128K tokens")),
        ("unified_memory", False, True, ("Memory shared with the processor", "no", "yes")),
        ("release_date", None, datetime.date(2024, 7, 23), ("Released", "not known", "23 July 2024")),
        ("decode_tokens_s", Decimal("98.70"), Decimal("8.125"), ("Measured", "98.7 tokens/s", "8.125 tokens/s")),
        ("kl_divergence", Decimal("0.031200"), None, ("KL divergence", "0.0312", "not known")),
        ("speed_class", "nvidia-gddr", "", ("Class of speed", "NVIDIA, GDDR memory (Turing and later)", "not known")),
        ("offload", "", "cpu only", ("Not on the GPU", "nothing", "cpu only")),
        ("sources", (), ("A manual",), ("Sources", "none", "1")),
        ("uses", "code vision", "", ("Good for", "code, pictures", "none")),
        ("uses", "no-longer-a-use", "code", ("Good for", "no-longer-a-use", "code")),
        ("amount", Decimal("1599.0000"), Decimal("0.8900"), ("Price", "1,599", "0.89")),
        ("lowest", None, Decimal("1450.0000"), ("Lowest", "none", "1,450")),
        ("score", Decimal("38.00"), Decimal("38.25"), ("Score", "38", "38.25")),
        ("downloads", None, 3_854_978, ("Downloads in 30 days", "not known", "3,854,978")),
        (
            "picked_on",
            datetime.date(2026, 9, 5),
            datetime.date(2026, 11, 28),
            ("Compared last", "5 September 2026", "28 November 2026"),
        ),
        ("depth_tokens", None, 0, ("Tokens before the measured", "not known", "0 tokens")),
    ],
)
def test_values_have_their_units(name: str, before: Any, after: Any, words: tuple[str, str, str]) -> None:
    assert shown(FieldApart(name, before, after)) == words


@pytest.mark.parametrize(
    ("name", "before", "after", "words"),
    [
        ("size_bytes", 4_920_734_272, 4_920_734_273, ("4,920,734,272 bytes", "4,920,734,273 bytes")),
        ("parameters", 8_030_261_248, 8_030_261_249, ("8,030,261,248", "8,030,261,249")),
        ("native_context", 4_096, 4_097, ("4,096 tokens", "4,097 tokens")),
        ("launch_price_usd", Decimal("1599.00"), Decimal("1599.40"), ("1,599 dollars", "1,599.4 dollars")),
        ("sources", ("a", "b"), ("a", "c"), ("2", "2, others")),
    ],
)
def test_values_that_are_rounded_alike_are_told_to_the_last_digit(
    name: str, before: Any, after: Any, words: tuple[str, str]
) -> None:
    assert shown(FieldApart(name, before, after))[1:] == words
