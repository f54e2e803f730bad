"""All that a page of a pair says in sentences, and a fixed sample of all such pages."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.page import PairPage
from fitpages.pages.pair.pieces import Piece

# Prime to the number of machines, so that all of them are met.
EVERY = 919
FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)
# Tabs, of which one is read at a time, and cells of tables.
APART = re.compile(r'<div class="programs">.*?</section>|<table.*?</table>', re.DOTALL)
END_OF_BLOCK = re.compile(r"</(?:p|li|dd|dt|h\d|figcaption|dl|div|summary)>")
TAG = re.compile(r"<[^>]+>")
# Fewer words are a label.
SENTENCE_WORDS = 5


def sample(snapshot: Snapshot) -> Iterator[Pair]:
    """Some two hundred pairs, far apart in the order of all."""
    pairs = product(snapshot.models.values(), snapshot.gpus.values())
    return (Pair(model, gpu) for model, gpu in islice(pairs, 0, None, EVERY))


@lru_cache(maxsize=1)
def sample_pages(snapshot: Snapshot) -> tuple[PairPage, ...]:
    """The pages of the sample, built once for all tests of one catalog."""
    return tuple(pair_page.build(snapshot, pair) for pair in sample(snapshot))


def texts(page: PairPage) -> list[str]:
    """Every sentence and heading of the page, one after the other."""
    return [
        page.title,
        page.description,
        page.heading,
        f"{page.answer.bold} {page.answer.rest}",
        _read(page.why),
        *(text for use in page.uses for text in (use.status, use.note) if text),
        *([page.ram.note] if page.ram else ()),
        page.levels.note,
        page.levels.rule_note,
        *([page.gains_heading] if page.gains else ()),
        *(_read(gain.pieces) for gain in page.gains),
        page.reason.heading,
        *page.reason.paragraphs,
        page.model.lever.heading,
        *page.model.lever.paragraphs,
        *(text for question in page.questions for text in question),
        *(text for compared in page.compare for line in compared.lines for text in (line.text, line.note)),
        page.catalog_date,
    ]


def _read(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def visible(html: str) -> str:
    """The main part of a page without what is folded, its tags taken out."""
    return TAG.sub(" ", FOLDED.sub("", html[html.index("<main") :]))


def words(html: str) -> int:
    """How many words of the main part are not folded; a stroke or a dash alone is none."""
    return sum(any(character.isalnum() for character in word) for word in visible(html).split())


def sentences(html: str) -> list[str]:
    """What the main part says in sentences, without what is folded, in a table, or in a tab of a program."""
    prose = APART.sub("", FOLDED.sub("", html[html.index("<main") :]))
    blocks = (re.sub(r"\s+", " ", TAG.sub("", block)).strip() for block in END_OF_BLOCK.split(prose))
    split = (sentence for block in blocks for sentence in re.split(r"(?<=[.!?]) (?=[A-Z0-9])", block))
    return [sentence for sentence in split if sentence.endswith(".") and len(sentence.split()) >= SENTENCE_WORDS]
