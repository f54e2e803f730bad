"""The page of a pair is put together from its sections, and its template shows them all in their order."""

import json
import re
from collections import Counter
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType
from typing import Any

import pytest
from django.conf import settings

from fitpages.matching.pairs import Pair
from fitpages.pages.common.answer_words import description, title
from fitpages.pages.pair import page as pair_page
from fitpages.site import Link
from tests.fitpages.pages.pair.kinds import PAIRS, YES, assessed, catalog, html, page, pair, read, shown
from tests.fitpages.prose import sentences, texts, words
from tests.html_page import check_structure
from tests.published import published_file
from tests.similarity import likeness, shingles

every_kind = pytest.mark.parametrize("name", PAIRS)
FIRST = ["run", "file", "ram", "levels", "length", "gains"]
FIRST_OF_A_NO = ["gains", "levels", "length", "run", "file"]
LAST = ["reason", "lever", "questions", "compare", "folds"]
FIGURE_OF_SPEED = re.compile(r"(?:under )?\d[\d.,]* tokens?(?:/s| per second)")


def sections(name: str) -> list[str]:
    return re.findall(r'aria-labelledby="([a-z]+)"', html(name).partition("<article")[2])


def test_its_head_follows_from_its_two_and_its_answer() -> None:
    of, asked = page("on the card"), assessed("on the card")
    assert of.heading == "Run Small 8B on RTX 24"
    assert of.canonical == f"{settings.SITE_URL}/run/small-8b-on-rtx-24/"
    assert of.breadcrumbs == (Link("Models", "/models/"), Link("Small 8B", "/models/small-8b/"), Link("RTX 24", ""))
    assert (of.title, of.description) == (title(asked.answer), description(asked.answer))


@every_kind
def test_the_template_shows_all_that_was_assembled(name: str) -> None:
    of, rendered = page(name), shown(name)
    check_structure(rendered)
    hidden = {of.title, of.description}
    assert [text for text in texts(of) if text not in hidden and text not in rendered.text] == []
    assert rendered.title == of.title
    assert rendered.meta["description"] == of.description
    links = [piece.address for piece in of.why if piece.address]
    links += [piece.address for gain in of.gains for piece in gain.pieces if piece.address]
    links += [line.address for compared in of.compare for line in compared.lines]
    assert set(links) <= set(rendered.main_links)


@every_kind
def test_blocks_stand_in_their_order(name: str) -> None:
    of = page(name)
    missing = {"run": not of.run, "file": not of.run, "ram": not of.ram, "gains": not of.gains}
    first = FIRST if of.says_yes else FIRST_OF_A_NO
    assert sections(name) == [block for block in (*first, *LAST) if not missing.get(block)]
    assert ("ram" in sections(name)) is ("RAM" in dict(of.facts))


@every_kind
def test_the_opening_is_the_answer_then_the_uses_then_the_facts(name: str) -> None:
    of, text = page(name), shown(name).text
    places = [text.index(part) for part in (of.heading, of.answer.bold, of.answer.rest)]
    places += [text.index(f" {use.name} {use.context}".rstrip(), places[-1]) for use in of.uses]
    places += [text.index(f" {fact} {value}", places[-1]) for fact, value in of.facts]
    places.append(text.index(of.levels.note))
    assert places == sorted(places)


@every_kind
def test_the_answer_is_the_same_in_title_description_headline_and_question(name: str) -> None:
    of = page(name)
    begins = of.answer.bold.split()[0].rstrip(",.").lower()
    words = {
        "yes": "yes" if not of.answer.bold.startswith("Yes, but") else "short",
        "not": "not in practice",
        "no": "no",
    }
    assert f": {words[begins]}" in of.title
    assert f": {words[begins]}" in of.description
    assert of.questions[0][1].lower().startswith(begins)
    assert of.says_yes is (begins == "yes") is (name in YES)


@every_kind
def test_the_marked_row_is_said_in_words_once_and_only_where_the_answer_is_yes(name: str) -> None:
    rows = next(table for table in shown(name).tables if "Memory, counted" in table.groups).rows
    assert [row[0].endswith(" advised") for row in rows].count(True) == page(name).says_yes
    assert html(name).count('class="advised"') == page(name).says_yes + bool(page(name).ram)


@every_kind
def test_structured_data_says_only_what_the_page_shows(name: str) -> None:
    rendered = shown(name)
    nodes: dict[str, Any] = {node["@type"]: node for node in rendered.structured_data()}
    assert set(nodes) == {"BreadcrumbList", "FAQPage"}
    asked = [(node["name"], node["acceptedAnswer"]["text"]) for node in nodes["FAQPage"]["mainEntity"]]
    assert asked == list(page(name).questions)
    for question, answer in asked:
        assert question in rendered.headings("h3")
        assert answer in rendered.text
    assert "tokens" not in json.dumps(nodes["BreadcrumbList"])


@every_kind
def test_no_sentence_is_said_twice(name: str) -> None:
    twice = [text for text, times in Counter(sentences(html(name))).items() if times > 1]
    assert twice == []


@every_kind
def test_at_most_one_machine_is_advised(name: str) -> None:
    model, gpu = PAIRS[name]
    of = page(name)
    pieces = [*of.why, *(piece for gain in of.gains for piece in gain.pieces)]
    to_machines = {piece.address for piece in pieces if piece.address.startswith(f"/run/{model}-on-")}
    assert len(to_machines) <= 1
    assert f"/run/{model}-on-{gpu}/" not in to_machines
    assert not any("to want" in text for _, text in of.questions), "it is said once"


@every_kind
def test_no_speed_in_prose_stands_without_its_context(name: str) -> None:
    of = page(name)
    prose = [f"{of.answer.bold} {of.answer.rest}", of.description, of.title, read(of.why), *of.reason.paragraphs]
    prose += [f"{read(gain.pieces)} {gain.gain}" for gain in of.gains]
    prose += [line.note for compared in of.compare for line in compared.lines]
    for text in prose:
        if FIGURE_OF_SPEED.search(text):
            assert re.search(r"\d+K", text), text


def test_sentences_are_those_that_are_not_folded() -> None:
    first, second, third = (f"Of all of them {number} is here." for number in ("one", "two", "three"))
    text = f"<main><p>{first} Short.</p><details><p>{first}</p></details><p>{second} {third}</p></main>"
    assert sentences(text) == [first, second, third]
    assert words(text) == 3 * len(first.split()) + 1


def test_a_pair_that_needs_much_more_than_the_card_or_lacks_facts_is_not_indexed() -> None:
    assert page("on the card").indexable
    for name in ("no", "not counted, yes"):
        assert not page(name).indexable
        assert shown(name).meta["robots"] == "noindex"
    assert "robots" not in shown("on the card").meta


@pytest.mark.parametrize("name", ["on the card", "in memory", "no GPU", "made in four bits", "experts in RAM", "short"])
def test_every_speed_follows_an_edit_of_the_bandwidth(name: str) -> None:
    before, asked = page(name), pair(name)
    quicker = replace(asked.gpu, spec=replace(asked.gpu.spec, bandwidth_gb_s=asked.gpu.spec.bandwidth_gb_s * 2))
    after = pair_page.build(catalog(), Pair(asked.model, quicker))
    changed = [(before.title, after.title), (before.description, after.description), (before.answer, after.answer)]
    changed += [(one.figure, other.figure) for one, other in zip(before.uses, after.uses, strict=True) if one.is_yes]
    for one, other in zip(before.levels.rows, after.levels.rows, strict=True):
        changed += [(one.expect, other.expect)] if one.expect != "—" else []
        changed += [(one.rule_ceiling, other.rule_ceiling)] if one.rule_ceiling.startswith("~") else []
    changed += [(dict(before.facts)["Bandwidth"], dict(after.facts)["Bandwidth"])]
    assert len(changed) >= 5
    assert [figures for figures in changed if figures[0] == figures[1]] == []


def test_every_size_follows_an_edit_of_a_published_file() -> None:
    asked, smaller, larger = pair("layers in RAM"), page("layers in RAM"), published_file(size_bytes=5_600_000_000)
    after = pair_page.build(replace(catalog(), files_of=MappingProxyType({"small-8b": (larger,)})), asked)
    assert smaller.run
    assert after.run
    for one, other in (
        (smaller.answer, after.answer),
        (smaller.description, after.description),
        (read(smaller.why), read(after.why)),
        (smaller.run.file[0], after.run.file[0]),
        (smaller.run.programs[0], after.run.programs[0]),
        (smaller.questions[0], after.questions[0]),
        (smaller.questions[1], after.questions[1]),
        (smaller.levels.rule_note, after.levels.rule_note),
        (smaller.levels.rows[4], after.levels.rows[4]),
        (smaller.exact.grid, after.exact.grid),
    ):
        assert one != other
    assert smaller.levels.rows[3] == after.levels.rows[3], "no file at Q5_K_M was edited"


def test_pages_of_different_pairs_are_their_own() -> None:
    """As `make similarity` compares them: by runs of five words, names masked."""
    of = {name: shingles(html(name), (pair(name).model.name, pair(name).gpu.name)) for name in PAIRS}
    for one, other in combinations(PAIRS, 2):
        most = 0.7 if pair(one).model is pair(other).model else 0.5
        assert likeness(of[one], of[other]) < most, (one, other)
    for texts_of in ([page(name).title for name in PAIRS], [page(name).description for name in PAIRS]):
        assert len(set(texts_of)) == len(PAIRS)
