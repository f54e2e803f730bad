"""The one style sheet: nothing in it is for what no page has, and every text can be read on its ground."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SHEET = (ROOT / "fitpages/static/fitpages/site.css").read_text()
SELECTORS = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", SHEET, flags=re.DOTALL)
COLOURS = r"--(\w+): (#[0-9a-f]{6});"
LIGHT, DARK = (dict(re.findall(COLOURS, block)) for block in re.findall(r":root \{([^}]*--paper[^}]*)\}", SHEET)[:2])
# What points of a plot are called by the code that draws it.
DRAWN = {"used", "unused"}


def _sources() -> str:
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "desk" not in path.parts]
    files = [*pages, ROOT / "fitpages/static/fitpages/site.js"]
    return "".join(file.read_text() for file in files)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(colour: str, ground: str) -> float:
    lighter, darker = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_class_that_has_a_style_is_somewhere() -> None:
    named = set(re.findall(r"\.([a-z][\w-]*)", SELECTORS)) - DRAWN
    given = set(re.findall(r"[\w-]+", " ".join(re.findall(r"""class(?:="|: ")([^"]*)\"""", _sources()))))
    assert named - given == set()


def test_every_colour_of_the_light_page_has_one_in_the_dark() -> None:
    assert LIGHT.keys() == DARK.keys()
    assert len(LIGHT) > 8


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_stand_out_from_paper_and_wash(colours: dict[str, str]) -> None:
    pairs = product(("ink", "soft", "muted", "accent", "stop"), ("paper", "wash"))
    weak = {pair: _contrast(*(colours[name] for name in pair)) for pair in pairs}
    assert {pair: contrast for pair, contrast in weak.items() if contrast < 4.5} == {}
    assert _contrast(colours["line"], colours["paper"]) >= 3


@pytest.mark.parametrize("sheet", sorted(ROOT.glob("*/static/*/*.css")), ids=lambda sheet: sheet.name)
def test_every_block_of_a_style_sheet_is_closed(sheet: Path) -> None:
    """A browser takes what follows an open block for a part of it, and says nothing."""
    depth = 0
    for number, line in enumerate(sheet.read_text().split("\n"), start=1):
        assert depth == 0 or not line.startswith("@media"), f"line {number} stands in a block that is open"
        depth += line.count("{") - line.count("}")
    assert depth == 0
