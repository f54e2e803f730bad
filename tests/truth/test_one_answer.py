"""Every surface says the same of a pair, and a surface that says otherwise is named."""

from collections import Counter
from collections.abc import Callable

import pytest

from catalog.snapshot import Snapshot
from fit.verdict import Kind
from fitpages.matching.answers import answer
from tests.processes import ROOT
from tests.truth.one_answer import (
    GUIDES,
    MACHINES,
    MODELS,
    check,
    check_elsewhere,
    popular_pairs,
    random_pairs,
    report,
    searches,
)
from tests.truth.site_says import Pair, Site, faults_of_page, headline_of
from tests.truth.surfaces import (
    DESCRIPTIONS,
    HEADLINES,
    LINES,
    TITLES,
    Patterns,
    Said,
    UnreadableError,
    of_row,
    read,
)

# Of the models and the machines that the program compares, every so many.
STEP = 5
CARD = "on the card"


@pytest.fixture(scope="module")
def site() -> Site:
    return Site()


@pytest.mark.parametrize("pairs", [popular_pairs, random_pairs])
def test_no_two_surfaces_disagree(snapshot: Snapshot, site: Site, pairs: Callable[[int], list[Pair]]) -> None:
    chosen = pairs(STEP)
    checked = check(site, chosen)
    print(report("pairs", checked))
    assert checked.faults == []
    assert sum(checked.kinds.values()) == checked.texts["calculator"] == len(chosen)
    assert len(checked.kinds) >= 3


def test_what_other_pages_say_of_a_pair_is_what_its_page_says(snapshot: Snapshot, site: Site) -> None:
    popular = popular_pairs(STEP)
    checked = check_elsewhere(site, [*GUIDES, *(pair.address for pair in popular[::3]), *searches(popular[::9])])
    assert checked.faults == []
    assert checked.texts["where others name the pair"] > 100


def test_thirty_models_and_thirty_machines_are_listed_and_1500_pairs_drawn(snapshot: Snapshot) -> None:
    assert len(set(MODELS)) == len(set(MACHINES)) == 30
    assert all(snapshot.gpus[slug].common for slug in MACHINES if slug != "dgx-spark")
    assert len(popular_pairs()) == 900
    assert len(set(random_pairs())) == 1500
    assert random_pairs() == random_pairs()
    assert f"for {len(popular_pairs()) + len(random_pairs()):,} pairs" in (ROOT / "README.md").read_text()


def test_the_changelog_states_how_many_popular_pairs_are_of_each_kind(snapshot: Snapshot) -> None:
    answers = (answer(snapshot, snapshot.models[pair.model], snapshot.gpus[pair.gpu]) for pair in popular_pairs())
    kinds = Counter(of_pair.verdict.kind for of_pair in answers)
    counts = [f"{kinds[kind]} {kind.value}" for kind in (Kind.WITH_RAM, Kind.SHORT, Kind.NOT_IN_PRACTICE, Kind.NO)]
    words = f"{kinds[Kind.ON_CARD]} are on the card, {', '.join(counts[:3])} and {counts[3]}."
    text = " ".join((ROOT / "CHANGELOG.md").read_text().split())
    assert f"Of {len(popular_pairs())} pairs of popular models and common machines {words}" in text


@pytest.mark.parametrize(
    ("text", "forms", "said"),
    [
        (
            "Yes, at Q6_K with 32K of context: about 71 tokens per second",
            HEADLINES,
            ("on the card", "Q6_K", "32K", "71"),
        ),
        (
            "Yes, at Q6_K with 4K of context: 54 tokens per second, measured",
            HEADLINES,
            ("on the card", "Q6_K", "4K", "54"),
        ),
        (
            "Yes, with 39 GiB in RAM: about 19 tokens per second at MXFP4 with 8K of context",
            HEADLINES,
            ("with RAM", "MXFP4", "8K", "19"),
        ),
        (
            "Yes, but short: 7K at Q3_K_M, 14K with a q8_0 cache; about 12 tokens per second",
            HEADLINES,
            ("short", "Q3_K_M", "7K", "12"),
        ),
        ("No. It takes 250 GiB", HEADLINES, ("no", "", "", "")),
        ("Llama 3.1 8B on RTX 4090: yes, Q6_K at 32K, 71 tokens/s", TITLES, ("on the card", "Q6_K", "32K", "71")),
        ("A 7B on B: not in practice, 1.2 tokens/s at 8K", TITLES, ("not in practice", "", "8K", "1.2")),
        (
            "A on B: yes, with 5.0 GiB in RAM, about 5.7 tokens per second at Q4_K_M with 8K of context.",
            DESCRIPTIONS,
            ("with RAM", "Q4_K_M", "8K", "5.7"),
        ),
        ("Q4_K_M, 8K, 5.0 GiB in RAM · 5.7 tokens/s", LINES, ("with RAM", "Q4_K_M", "8K", "5.7")),
        ("no", LINES, ("no", "", "", "")),
    ],
)
def test_a_text_is_read_as_a_reader_would(text: str, forms: Patterns, said: tuple[str, ...]) -> None:
    assert read(text, forms) == Said(*said)


def test_a_text_in_no_form_is_an_error() -> None:
    with pytest.raises(UnreadableError):
        read("Perhaps", HEADLINES)


def test_rows_leave_out_what_they_do_not_say() -> None:
    assert of_row({"Level": "Q6_K", "Context": "32K", "Tokens/s": "54 measured"}, "on the card") == (
        "on the card",
        "Q6_K",
        "32K",
        "54",
    )
    assert of_row({"Answer": "in memory", "Level": "—", "Tokens/s": "—"}) == ("on the card", "", "", "")


@pytest.mark.parametrize(
    "other", [Said("short", "Q6_K", "32K", "71"), Said("on the card", "Q5_K_M"), Said("on the card", "", "16K")]
)
def test_what_differs_does_not_agree(other: Said) -> None:
    said = Said("on the card", "Q6_K", "32K", "71")
    assert said.agrees(Said("on the card", speed="71"))
    assert not said.agrees(other)


class Wrong(Site):
    """The site with other words in its pages."""

    def __init__(self, old: str, new: str, where: str) -> None:
        super().__init__()
        self.old, self.new, self.where = old, new, where

    def html(self, address: str) -> str:
        source = super().html(address)
        return source.replace(self.old, self.new) if address.startswith(self.where) else source


@pytest.mark.parametrize(
    ("old", "new", "where", "named"),
    [
        (": yes, Q6_K at 32K", ": yes, Q6_K at 16K", "/run/", "title"),
        (": yes, at Q6_K", ": yes, at Q5_K_M", "/run/", "description"),
        ("-c 32768", "-c 16384", "/run/", "command"),
        ('<td class="context">\n 32K', '<td class="context">\n 8K', "/models/", "model's hub"),
        ("<td>Q6_K", "<td>Q8_0", "/gpus/", "machine's hub"),
        ("with 32K of context", "with 16K of context", "/calculator/", "calculator"),
        ('"text":"Yes.', '"text":"No.', "/run/", "question"),
    ],
)
def test_a_surface_that_says_otherwise_is_named(snapshot: Snapshot, old: str, new: str, where: str, named: str) -> None:
    pair = Pair("llama-3-1-8b", "rtx-4090", "")
    assert check(Site(), [pair]).faults == []
    faults = check(Wrong(old, new, where), [pair]).faults
    assert [named in fault for fault in faults].count(True) >= 1


def test_a_page_that_says_no_expects_nothing_fast_and_marks_no_row(snapshot: Snapshot, site: Site) -> None:
    source = site.html("/run/qwen2-5-72b-on-l4/")
    assert headline_of(source).kind == "not in practice"
    assert list(faults_of_page(source)) == []
    fast = source.replace("1.2 <small>tokens/s", "7.2 <small>tokens/s")
    assert any("expects" in fault for fault in faults_of_page(fast))
    levels = source.partition('id="levels"')
    marked = levels[0] + levels[1] + levels[2].replace("<tr>", '<tr class="advised">', 3)
    assert any("marked" in fault for fault in faults_of_page(marked))
    two = source.replace('class="why">', 'class="why"><a href="/run/qwen2-5-72b-on-rtx-5090/">a</a>')
    assert any("more than one machine" in fault for fault in faults_of_page(two))
