"""What people come for, each in two steps from the first page or by one search, and what the page then says.

Figures are held against the catalog's own answers, which pages round, and against bounds of what can be.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.catalog_says import CatalogSays, Said
from tests.browser.conftest import Visit

GIB = 1024**3
PAIR = re.compile(r"/run/([a-z0-9-]+)/")
# What lists call each kind of answer, on a card and in memory that is shared.
KINDS = {"on the card": ("on the card", "in memory"), "with RAM": ("with RAM",), "short": ("short",)}
WORDS_OF_YES = {"on the card": "Yes, at", "with RAM": "Yes, with", "short": "Yes, but"}
SECONDS = {"s": 1, "min": 60, "h": 3600}


def search(page: Page, words: str) -> None:
    box = page.get_by_role("banner").get_by_role("searchbox")
    box.fill(words)
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")


def row(within: Locator | Page, head: str) -> Locator:
    """The row of a table that begins so."""
    page = within if isinstance(within, Page) else within.page
    header = page.get_by_role("rowheader", name=re.compile(rf"^{head}( advised)?$"))
    return within.get_by_role("row").filter(has=header).first


def pair_name(link: Locator) -> str:
    match = PAIR.search(link.get_attribute("href") or "")
    assert match, link
    return match[1]


def number(text: str) -> float:
    """The first figure of a text."""
    match = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    assert match, text
    return float(match[0].replace(",", ""))


def cell(of_row: Locator, column: str) -> str:
    return of_row.locator(f"td.{column}").inner_text()


def tokens(text: str) -> int:
    """ "32K" """
    return int(number(text) * 1024)


def says(of_row: Locator, answer: Said) -> None:
    """The row of a pair in a list says the answer: its kind, level, context and speed."""
    assert of_row.get_by_role("cell").nth(0).inner_text() in KINDS[answer.kind]
    assert of_row.get_by_role("cell").nth(1).inner_text().split()[0] == answer.level
    assert tokens(cell(of_row, "context")) == answer.context
    assert answer.tokens_s
    assert number(cell(of_row, "speed")) == pytest.approx(answer.tokens_s, rel=0.06)


def opens_with(page: Page, answer: Said) -> str:
    """The page of a pair opens with the answer, which is a yes of some kind."""
    headline = page.locator(".answer").first.inner_text()
    assert headline.startswith(WORDS_OF_YES[answer.kind])
    assert f"{answer.level} with {answer.context // 1024}K of context" in headline
    speed = re.search(r"([\d.,]+) tokens? per second", headline)
    assert speed
    assert answer.tokens_s
    assert number(speed[1]) == pytest.approx(answer.tokens_s, rel=0.06)
    return headline


def test_a_12_gb_card_for_code(visit: Visit, catalog_says: CatalogSays) -> None:
    page = visit("/", javascript=False)
    page.get_by_label("I have this machine").select_option("RTX 3060 12GB")
    page.get_by_role("button", name="Show what runs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What should I run on an RTX 3060 12GB?")
    code = row(page.get_by_role("region", name="By use"), "Code")
    link = code.get_by_role("link")
    assert f"{link.inner_text()} for code" in re.sub(r"\s+", " ", page.locator(".answer").inner_text())
    answer = catalog_says.of_pair(pair_name(link))
    assert cell(code, "where") == "on the card"
    assert code.get_by_role("cell").nth(1).inner_text() == answer.level
    assert tokens(cell(code, "context")) >= max(answer.context, 16384)
    assert number(cell(code, "speed")) == pytest.approx(answer.tokens_s, rel=0.06)
    assert number(cell(code, "speed")) >= 15
    link.click()
    opens_with(page, answer)


def test_gpt_oss_120b_with_64_gb_of_ram_and_a_4090(visit: Visit, catalog_says: CatalogSays) -> None:
    page = visit("/")
    search(page, "gpt-oss 120b with 64 GB of RAM and a 4090")
    first = page.get_by_role("region", name="Combinations").get_by_role("row").nth(1)
    link = first.get_by_role("link")
    assert pair_name(link) == "gpt-oss-120b-on-rtx-4090"
    answer = catalog_says.of_pair("gpt-oss-120b-on-rtx-4090")
    says(first, answer)
    assert answer.kind == "with RAM"
    link.click()
    in_ram = number(opens_with(page, answer)) * GIB
    assert in_ram == pytest.approx(answer.ram_bytes, rel=0.02)
    assert 30 * GIB < in_ram < 56 * GIB


def test_a_card_for_qwen3_32b_at_32k_under_1000_dollars(visit: Visit, catalog_says: CatalogSays) -> None:
    page = visit("/", javascript=False)
    page.get_by_label("I want this model").select_option("Qwen3 32B")
    page.get_by_label("with so much context").select_option("32K")
    page.get_by_role("button", name="Show what it needs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do I need for Qwen3 32B?")
    card = row(page.get_by_role("region", name="What to buy, use or rent"), "Cheapest single card")
    cards = catalog_says.cheapest_holding("qwen3-32b", 32768, 10)
    assert len(cards) > 3
    assert card.get_by_role("link").inner_text() == cards[0].name
    assert cell(card, "context") == "32K"
    assert 10 <= number(cell(card, "speed")) <= cards[0].tokens_s * 1.06
    dollars = [float(amount.replace(",", "")) for amount in re.findall(r"\$([\d,]+)", cell(card, "price"))]
    assert min(dollars) <= cards[0].dollars <= max(dollars)
    # A reader with $1,000 sees a price that says yes or no.
    assert (min(dollars) < 1000) == (cards[0].dollars < 1000)
    assert re.search(r"(new|used|at launch), .*20\d\d", cell(card, "price"))
    headline = re.sub(r"\s+", " ", page.locator(".answer").inner_text())
    assert cards[0].name in headline
    assert f"${min(dollars):,.0f}" in headline


def test_the_same_card_by_one_search(visit: Visit, catalog_says: CatalogSays) -> None:
    page = visit("/")
    search(page, "card for Qwen3 32B at 32K under $1,000")
    expect(page.get_by_role("main")).not_to_contain_text("Nothing in the catalog")
    page.get_by_role("region", name="Models").get_by_role("link").first.click()
    cards = catalog_says.cheapest_holding("qwen3-32b", 32768, 10)
    expect(page.locator(".answer")).to_contain_text(cards[0].name)
    expect(page.locator(".answer")).to_contain_text("32K")


def test_an_m4_pro_48gb_or_an_rtx_5090_for_a_70b(visit: Visit, catalog_says: CatalogSays) -> None:
    page = visit("/")
    search(page, "M4 Pro 48GB or RTX 5090 for a 70B")
    rows = page.get_by_role("region", name="Combinations").get_by_role("row")
    names = [pair_name(rows.nth(place).get_by_role("link")) for place in (1, 2)]
    assert names == ["llama-3-3-70b-on-m4-pro-48", "llama-3-3-70b-on-rtx-5090"]
    mac, card = answers = [catalog_says.of_pair(name) for name in names]
    for place, answer in enumerate(answers, 1):
        says(rows.nth(place), answer)
    # The Mac holds more of it, the card is faster at what it holds.
    assert (mac.kind, card.kind) == ("on the card", "short")
    assert (card.tokens_s or 0) > 3 * (mac.tokens_s or 0)


def test_no_gpu_and_32_gb_of_ram(visit: Visit, catalog_says: CatalogSays) -> None:
    page = visit("/", javascript=False)
    page.get_by_label("I have this machine").select_option("no GPU")
    page.get_by_label("and so much RAM").select_option("32 GB")
    page.get_by_role("button", name="Show what runs").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("a CPU with 32GB DDR5")
    first = row(page.get_by_role("region", name="By use"), "All-round")
    answer = catalog_says.of_pair(pair_name(first.get_by_role("link")))
    assert answer.kind == "on the card"
    assert cell(first, "where") == "in memory"
    # 89.6 GB/s read no dense model of 8B so fast.
    assert 5 < number(cell(first, "speed")) < 40
    assert number(cell(first, "speed")) == pytest.approx(answer.tokens_s, rel=0.06)
    assert tokens(cell(first, "context")) >= 16384
    first.get_by_role("link").click()
    opens_with(page, answer)


def test_an_8_gb_laptop(visit: Visit, catalog_says: CatalogSays) -> None:
    page = visit("/")
    search(page, "8 GB laptop")
    machines = page.get_by_role("region", name="Machines").get_by_role("listitem").all_inner_texts()
    assert len(machines) > 3
    assert all("8 GiB" in machine for machine in machines)
    runs = page.get_by_role("region", name="What to run on").get_by_role("row")
    assert runs.count() > 3
    for place in range(1, runs.count()):
        answer = catalog_says.of_pair(pair_name(runs.nth(place).get_by_role("link")))
        says(runs.nth(place), answer)
        assert answer.kind == "on the card"
        assert answer.context >= 16384
        assert 1 < number(cell(runs.nth(place), "takes")) < 8
    assert "laptop" in pair_name(runs.nth(1).get_by_role("link"))


def test_a_30k_prompt_on_an_m3_max(visit: Visit, catalog_says: CatalogSays) -> None:
    page = visit("/")
    search(page, "30K prompt M3 Max")
    expect(page.get_by_role("main")).not_to_contain_text("Nothing in the catalog")
    link = page.get_by_role("region", name="What to run on Apple M3 Max").get_by_role("link").first
    name = pair_name(link)
    link.click()
    use = page.get_by_role("list", name="Three uses").get_by_role("listitem").filter(has_text="Code agent")
    expect(use).to_contain_text("32K")
    wait = re.search(r"[Aa] full prompt takes ([\d.]+) (s|min|h)\b", use.inner_text())
    answer = catalog_says.of_pair(name)
    assert wait
    assert answer.wait_32k_s
    shown_s = float(wait[1]) * SECONDS[wait[2]]
    assert shown_s == pytest.approx(answer.wait_32k_s, rel=0.06 if wait[2] == "s" else 0.2)
    # No M3 Max reads less than 30 or more than 3,000 tokens of a prompt in a second.
    assert 32768 / 3000 < shown_s < 32768 / 30


def test_q4_or_q6_of_llama_3_1_8b(visit: Visit, catalog_says: CatalogSays) -> None:
    page = visit("/")
    search(page, "Q4 or Q6 of Llama 3.1 8B")
    expect(page.get_by_role("main")).not_to_contain_text("Nothing in the catalog")
    expect(page.get_by_role("region", name="Models").get_by_role("link").first).to_have_text("Llama 3.1 8B")
    page.get_by_role("region", name="Llama 3.1 8B on common machines").get_by_role("link").first.click()
    table = page.get_by_role("region", name="Every level").get_by_role("table").first
    takes = catalog_says.takes("llama-3-1-8b", 8192)
    qualities = set()
    for level in ("Q4_K_M", "Q6_K"):
        cells = row(table, level).get_by_role("cell").all_inner_texts()
        assert number(cells[0]) == pytest.approx(takes[level] / GIB, abs=0.06)
        qualities.add(cells[5])
    assert takes["Q4_K_M"] < takes["Q6_K"] < 1.4 * takes["Q4_K_M"]
    assert len(qualities) == 2
    assert all(re.search("loss|precision", quality) for quality in qualities)
