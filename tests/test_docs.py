"""Figures in the docs are the code's, and the files that they name are there."""

import re
import statistics
import tomllib
from pathlib import Path

import pytest
from django.test import Client

from catalog.interchange import former_addresses
from catalog.interchange.files import DATA_DIRECTORY
from catalog.models import CatalogRevision, Quant
from catalog.observations import observations
from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fit.calibration import fitting, held_out, ranges, values
from fit.calibration.agreement import compare
from fit.calibration.report import OF_MEASURED, table
from fit.several_cards import MOST_GAIN
from fit.speed_constants import load_constants
from fit.uses import AGENT
from fit.verdict import LEAST_TOKENS_S, LEAST_WITH_RAM_TOKENS_S, SHORTEST_CONTEXT
from fitpages.matching.pairs import count_pairs, find_pair
from fitpages.pages.methodology.memory import accounting_figures
from fitpages.pages.pair import page as pair_page
from fitpages.text import figures
from tests.bench.run import GOALS
from tests.house.sizes import MOST_LINES
from tests.processes import ROOT
from tests.same_pages import PAIRS
from tests.truth.cases import answer_all
from tests.truth.checked_commands import MACHINES, MODELS
from tests.truth.goals import GOALS as TRUTH_GOALS
from tests.truth.oracle_rows import all_rows
from tests.truth.summary import summary

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DATA_FILES = {path.name for path in DATA_DIRECTORY.iterdir()}


def _text(name: str) -> str:
    return re.sub(r"\s+", " ", (ROOT / name).read_text(encoding="utf-8"))


def missing_files(text: str) -> list[str]:
    """Files and folders that a text names in backticks or links, and that are not there; addresses begin with /."""
    named = [*re.findall(r"`([^`\s]+)`", text), *re.findall(r"\]\(([^)\s]+)\)", text)]
    paths = [name for name in named if re.fullmatch(r"[\w.][\w./-]*(/|\.(py|md|jsonl?|html|sh|yaml|toml|png))", name)]
    # "../" leads from docs/ to the top.
    return [
        path
        for path in paths
        if not (ROOT / path.removeprefix("../")).exists() and path not in {*DATA_FILES, former_addresses.FILE_NAME}
    ]


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_the_docs_name_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert missing_files(text) == []


def test_a_file_that_is_not_there_is_noticed() -> None:
    text = "`fit/memory.py`, `fit/no_such.py`, `fitpages/`, `pages/`, [here](docs/none.md), `gpus.jsonl`, `/accuracy/`"
    assert missing_files(text) == ["fit/no_such.py", "pages/", "docs/none.md"]


def test_the_page_for_contributors_is_one_screen_and_names_files() -> None:
    text = (ROOT / "docs/contributing.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert len(re.findall(r"`[\w/]+\.(?:py|html|jsonl?|md)`", text)) > 20
    assert f"files under {MOST_LINES} lines" in text
    assert "(docs/contributing.md)" in _text("CONTRIBUTING.md")


def test_the_readme_says_what_the_founding_page_says(snapshot: Snapshot) -> None:
    pair = find_pair(snapshot, "qwen2-5-72b-on-l4")
    assert pair is not None
    page, readme = pair_page.build(snapshot, pair), _text("README.md")
    assert f"says **{page.answer.bold.rstrip('.')}**" in readme
    ram, _, speed = page.answer.rest.partition("; with ")[2].partition(" at ")[0].partition(" in RAM ")
    assert f"with {ram} in RAM it makes {speed}" in readme
    rows = {row.name: row for row in page.levels.rows}
    takes = rows["Q4_K_M"].counted[0]
    assert f"Qwen2.5 72B takes {takes} GiB, and an NVIDIA L4 leaves {page.gpu.offered};" in readme
    assert f"{rows['FP16 (full)'].rule_need} GB at FP16 and {rows['Q4_K_M'].rule_need} GB at Q4_K_M" in readme
    assert "a 72% reduction" in page.model.lever.paragraphs[0]
    assert f"against {figures.memory(rule_of_thumb.usable_bytes(pair.gpu.spec))} usable" in readme
    (wanted,) = (piece.text for piece in page.why if piece.address)
    assert f"The card to want is {wanted}." in readme


def test_the_readme_counts_the_catalog(snapshot: Snapshot) -> None:
    assert (
        f"{count_pairs(snapshot):,} pairs of {len(snapshot.models)} language models and {len(snapshot.gpus)} GPUs"
        in _text("README.md")
    )


def test_the_readme_says_how_many_pairs_are_compared() -> None:
    assert f"whether {PAIRS:,} pages of pairs and every other kind of page" in _text("README.md")


def test_the_readme_says_for_how_many_pairs_commands_are_counted_again() -> None:
    assert f"counted again, for {MODELS * MACHINES} pairs" in _text("README.md")


def test_the_page_on_the_catalog_counts_its_files(snapshot: Snapshot) -> None:
    text = _text("docs/catalog.md")
    lines = {name: len((DATA_DIRECTORY / name).read_text(encoding="utf-8").splitlines()) for name in DATA_FILES}
    assert (
        f"`gpus.jsonl` ({lines['gpus.jsonl']}, of which {lines['gpus.jsonl'] - len(snapshot.gpus)} are drafts" in text
    )
    drafts = lines["models.jsonl"] - len(snapshot.models)
    assert f"`models.jsonl` ({lines['models.jsonl']}, of which {drafts} is a draft" in text
    assert f"`quants.jsonl` ({lines['quants.jsonl']})" in text
    assert f"`artifacts.jsonl` ({lines['artifacts.jsonl']}, published files)" in text
    assert f"`repositories.jsonl` ({lines['repositories.jsonl']}, where files can be had)" in text
    assert f"`benchmarks.jsonl` ({lines['benchmarks.jsonl']:,}, measurements)" in text


def test_the_version_is_that_of_the_last_release() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    releases = [
        re.fullmatch(r"(\d+\.\d+), (\d{4}-\d{2}-\d{2})", heading) for heading in headings if heading != "Unreleased"
    ]
    assert all(releases)
    assert headings.index("Unreleased") == 0
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert releases[0] is not None
    assert version == f"{releases[0][1]}.0"


def test_the_decisions_state_the_goal_of_the_bench() -> None:
    goal = f"{GOALS['pair, rendered afresh']:.2f} of the requests per second of a bare view"
    assert goal in _text("docs/decisions/a-pair-joins-a-model-and-a-gpu.md")
    assert goal in _text("docs/decisions/jinja2-for-public-pages.md")


def test_the_decision_on_pairs_states_how_often_cycles_are_looked_for() -> None:
    assert "gc.set_threshold(20_000" in _text("gunicorn.conf.py")
    assert "after 20,000 new objects" in _text("docs/decisions/a-pair-joins-a-model-and-a-gpu.md")


def test_the_decision_on_decimals_states_the_rule() -> None:
    share = rule_of_thumb.USABLE_SHARE
    text = _text("docs/decisions/decimal-in-the-rule.md")
    assert f"{share} x 24 GB is {(share * 24).normalize()} GB" in text


def test_the_decision_on_one_answer_states_the_paces() -> None:
    text = _text("docs/decisions/one-answer.md")
    assert f"less than {LEAST_TOKENS_S} tokens per second" in text
    assert f"has to make {LEAST_WITH_RAM_TOKENS_S} tokens per second" in text
    assert f"with {SHORTEST_CONTEXT // 1024}K and more" in text
    assert f"with {AGENT // 1024}K or the native context" in text


def test_the_decision_on_an_empty_catalog_states_its_answer(client: Client, db: None) -> None:
    Quant.objects.update(status=Quant.Status.DRAFT, is_default=False)
    CatalogRevision.bump()
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, str(60 * 60))
    assert "`Retry-After` (an hour)" in _text("docs/decisions/one-page-for-an-empty-catalog.md")


def test_the_decision_on_speed_states_the_constants_of_the_calibration() -> None:
    text = _text("docs/decisions/speed-is-calibrated.md")
    assert f"an efficiency is at most {values.MOST_EFFICIENCY}" in text
    assert f"(weight n^{fitting.ROW_WEIGHT})" in text
    assert (ranges.FEW_CARDS, ranges.FEW_ROWS, held_out.SMALL_CLASS) == (3, 12, 5)
    assert "three cards and twelve rows" in " ".join(text.split())
    assert 1.75 < load_constants().old_build_ms["CUDA"] < 2.5
    assert "about two milliseconds longer a token on CUDA" in text


def test_the_decision_on_speed_states_how_near_reports_of_people_are() -> None:
    reports = [answer for answer in answer_all() if answer.case.what == "decode_tokens_s"]
    median = statistics.median(1 + (answer.difference or 0) for answer in reports)
    words = f"Of {len(reports)} reports by people the median of ours over theirs is {median:.2f} so"
    assert words in _text("docs/decisions/speed-is-calibrated.md")


def _near(percent: float) -> str:
    """As it is rounded before and after the digits of the file."""
    return f"({percent - 0.05:.0f}|{percent + 0.05:.0f})"


def test_the_decision_on_the_time_of_a_token_states_what_it_reaches(snapshot: Snapshot) -> None:
    text, constants = _text("docs/decisions/time-of-a-token.md"), load_constants()
    observed = list(observations(snapshot, snapshot.benchmarks))
    lines = {line.name: line for line in table(compare(observed, constants), constants)}
    every, two = lines["all of any class"], lines[OF_MEASURED]
    assert f"over the {every.rows} measurements that calibrate" in text
    row = text[text.index("| as it is |") : text.index("| a layer of linear attention |")]
    for line in (every, lines["mixture of experts"], lines["linear attention"], two):
        assert re.search(rf"\| {100 * line.median:.1f} / {_near(100 * line.p90)} \|", row)
    assert f"Pascal cards ({lines['class nvidia-pascal'].median:.1%}" in text
    assert f"Arc B cards ({lines['class intel-battlemage'].median:.1%}" in text
    assert f"adds {constants.card_ms:.1f} ms on CUDA and {constants.card_share:.0%} elsewhere" in text
    assert f"whole layers {constants.ram_layers:.0%} of its pace on paper" in text
    assert f"and experts {constants.ram_experts:.0%}, by" in text
    assert f"by {lines['offload, RAM named'].rows} measurements on two machines" in text
    assert f"never more than {MOST_GAIN} times as fast" in text


def test_the_methodology_states_the_errors_that_the_check_reports() -> None:
    lines = {line.check: line for line in summary(all_rows(), TRUTH_GOALS)}
    figures, checks = accounting_figures(), ("weights", "cache f16", "cache q8_0", "cache q4_0", "total")
    assert figures.models == f"{lines['total'].models:,}"
    for error, check in zip(figures.errors, checks, strict=True):
        line = lines[check]
        assert error.rows == f"{line.rows:,}"
        assert error.median == f"{100 * line.median:.4f}%"
        assert error.worst == f"{100 * line.worst:.4f}%"
