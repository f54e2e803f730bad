"""The guides: no figure is typed, none contradicts the page of a pair, and any catalog leaves a page that reads."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pytest
from django.test import RequestFactory

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.verdict import assess
from fitpages import addresses, figures, pairings
from fitpages.pages import guide_examples as examples
from fitpages.pages import local_guide, quantization_guide
from fitpages.pages import pair as pair_page
from fitpages.pages.frame import Page
from fitpages.pages.guide_examples import PairFigures
from fitpages.pages.guide_tiers import TIERS_GB, tier_cards
from fitpages.pairings import Pair
from fitpages.responses import render
from fitpages.views import guides

# Reading a page


class Table:
    """A table as a reader sees it; `links` are the addresses in each row, row by row."""

    def __init__(self) -> None:
        self.caption = ""
        self.head: list[str] = []
        self.head_links: list[str] = []
        self.rows: list[list[str]] = []
        self.links: list[list[str]] = []
        self.scopes: list[str] = []


class Reading(HTMLParser):
    """What stands in the main part of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = self.prose = ""
        self.headings: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.links: list[str] = []
        self.tables: list[Table] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag not in {"meta", "link", "input", "wbr", "br"}:
            self._open.append(tag)
        if "main" not in self._open:
            return
        self.labels += values.get("aria-labelledby", "").split()
        if tag == "table":
            self.tables.append(Table())
        elif tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append((int(tag[1]), ""))
        elif tag in {"p", "li"}:
            self.prose += "\n"
        elif tag == "a":
            self.links.append(values["href"])
        if "table" in self._open:
            self._in_table(tag, values)

    def _in_table(self, tag: str, values: dict[str, str]) -> None:
        table = self.tables[-1]
        in_head = "thead" in self._open
        if tag == "th":
            table.scopes.append(f"{'head' if in_head else 'row'} {values.get('scope')}")
        if tag == "tr" and not in_head:
            table.rows.append([])
            table.links.append([])
        elif tag in {"th", "td"}:
            (table.head if in_head else table.rows[-1]).append("")
        elif tag == "a":
            (table.head_links if in_head else table.links[-1]).append(values["href"])

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self.text += " "

    def handle_data(self, data: str) -> None:
        if "main" not in self._open:
            return
        data = data.replace("\xad", "")
        self.text += data
        if self._open[-1] in {"h1", "h2", "h3", "h4"}:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)
        if "table" not in self._open:
            self.prose += data
        elif "caption" in self._open:
            self.tables[-1].caption += data
        elif "th" in self._open or "td" in self._open:
            cells = self.tables[-1].head if "thead" in self._open else self.tables[-1].rows[-1]
            cells[-1] += data

    @property
    def words(self) -> int:
        return len(self.text.split())

    def table(self, head: str) -> Table:
        """The table whose first column has this heading."""
        return next(table for table in self.tables if table.head[0] == head)

    def has_table(self, head: str) -> bool:
        return any(table.head[0] == head for table in self.tables)


TEMPLATES: dict[Callable[[Snapshot], Page], str] = {
    quantization_guide.build: "fitpages/guides/quantization.html",
    local_guide.build: "fitpages/guides/local.html",
}
GUIDES = list(TEMPLATES)
in_both = pytest.mark.parametrize("build", GUIDES, ids=["quantization", "local"])


def read(build: Callable[[Snapshot], Page], snapshot: Snapshot) -> Reading:
    return Reading(render(TEMPLATES[build], build(snapshot)).decode())


def check_structure(reading: Reading) -> None:
    """What holds of every page: headings in order, ids unique, tables that can be read aloud."""
    levels = [level for level, _ in reading.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(text.strip() for _, text in reading.headings)
    assert len(reading.ids) == len(set(reading.ids))
    assert set(reading.labels) <= set(reading.ids)
    for table in reading.tables:
        assert table.caption.strip()
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.head)}
        assert table.scopes == ["head col"] * len(table.head) + ["row row"] * len(table.rows)
    assert "None" not in reading.text
    assert "  ." not in reading.text


# Catalogs that editors could leave behind


def changed(
    snapshot: Snapshot,
    *,
    models: Iterable[PublishedModel] | None = None,
    gpus: Iterable[PublishedGpu] | None = None,
    quants: Iterable[PublishedQuant] | None = None,
) -> Snapshot:
    """The snapshot with other records; what follows from them follows."""
    model_map = {model.slug: model for model in (snapshot.models.values() if models is None else models)}
    gpu_map = {gpu.slug: gpu for gpu in (snapshot.gpus.values() if gpus is None else gpus)}
    all_quants = snapshot.quants if quants is None else tuple(quants)
    wanted = snapshot.default_quant.slug if snapshot.default_quant else ""
    default = next((quant for quant in all_quants if quant.slug == wanted), all_quants[-1] if all_quants else None)
    common = (gpu for gpu in gpu_map.values() if gpu.common)
    by_preference = sorted(common, key=lambda gpu: (gpu.spec.nameplate_gb, gpu.spec.bandwidth_gb_s, gpu.slug))
    return replace(
        snapshot,
        models=MappingProxyType(model_map),
        gpus=MappingProxyType(gpu_map),
        quants=all_quants,
        default_quant=default,
        common_gpus=tuple(by_preference),
        models_by_size=tuple(sorted(model_map.values(), key=lambda model: (model.spec.parameters, model.slug))),
    )


# Not all alike, so that shares and ratios change as well as needs.
EDITED_BYTES = {"fp16": Decimal("1.1"), "q8-0": Decimal("1.08"), "q3-k-m": Decimal("1.05")}


def edited(snapshot: Snapshot) -> Snapshot:
    """Other bytes per weight, other bandwidths: every need and every speed is another."""
    return changed(snapshot, quants=map(_edited_quant, snapshot.quants), gpus=map(_faster, snapshot.gpus.values()))


def _edited_quant(quant: PublishedQuant) -> PublishedQuant:
    factor = EDITED_BYTES.get(quant.slug, Decimal("1.02"))
    return replace(quant, spec=replace(quant.spec, bytes_per_weight=quant.spec.bytes_per_weight * factor))


def _faster(gpu: PublishedGpu) -> PublishedGpu:
    return replace(gpu, spec=replace(gpu.spec, bandwidth_gb_s=gpu.spec.bandwidth_gb_s + 17))


EXAMPLE_MODELS = {
    *("llama-3-1-8b", "llama-3-3-70b", "qwen2-5-72b", "qwen2-5-32b", "qwen2-5-14b"),
    *("qwen3-30b-a3b", "qwen3-14b", "qwen3-32b"),
}
EXAMPLE_GPUS = {"rtx-4090", "rtx-3060-12", "rtx-3090", "m4-max-64", "l4"}


def without_examples(snapshot: Snapshot) -> Snapshot:
    return changed(
        snapshot,
        models=[model for model in snapshot.models.values() if model.slug not in EXAMPLE_MODELS],
        gpus=[gpu for gpu in snapshot.gpus.values() if gpu.slug not in EXAMPLE_GPUS],
    )


def with_memory(factor: str) -> Callable[[Snapshot], Snapshot]:
    def catalog(snapshot: Snapshot) -> Snapshot:
        return changed(
            snapshot,
            gpus=[
                replace(gpu, spec=replace(gpu.spec, nameplate_gb=gpu.spec.nameplate_gb * Decimal(factor)))
                for gpu in snapshot.gpus.values()
            ],
        )

    return catalog


def with_reported(factor: str) -> Callable[[Snapshot], Snapshot]:
    """Drivers that report another total: the rule of thumb does not move, the accounting does."""

    def catalog(snapshot: Snapshot) -> Snapshot:
        gpus = []
        for gpu in snapshot.gpus.values():
            mebibytes = int(gpu.spec.nameplate_gb * 1024 * Decimal(factor))
            gpus.append(replace(gpu, spec=replace(gpu.spec, reported_mib=mebibytes, reported_by="cuda")))
        return changed(snapshot, gpus=gpus)

    return catalog


def unmeasured(snapshot: Snapshot) -> Snapshot:
    nothing = {"perplexity": None, "perplexity_rise": None, "kl_divergence": None}
    return changed(
        snapshot, quants=[replace(quant, quality_basis="", quality_source="", **nothing) for quant in snapshot.quants]
    )


def without_marks(snapshot: Snapshot) -> Snapshot:
    return changed(
        snapshot,
        quants=[replace(quant, spec=replace(quant.spec, worth_recommending=False)) for quant in snapshot.quants],
    )


def without_dates_and_prices(snapshot: Snapshot) -> Snapshot:
    return changed(
        snapshot,
        models=[replace(model, release_date=None) for model in snapshot.models.values()],
        gpus=[replace(gpu, release_date=None, launch_price_usd=None, power_w=None) for gpu in snapshot.gpus.values()],
    )


CATALOGS: dict[str, Callable[[Snapshot], Snapshot]] = {
    "as it starts": lambda snapshot: snapshot,
    "edited": edited,
    "without the examples": without_examples,
    "a single quantization": lambda snapshot: changed(snapshot, quants=snapshot.quants[-1:]),
    "only full precision": lambda snapshot: changed(snapshot, quants=snapshot.quants[:1]),
    "no quantization": lambda snapshot: changed(snapshot, quants=()),
    "no quantization marked": without_marks,
    "nothing measured": unmeasured,
    "no common card": lambda snapshot: changed(
        snapshot, gpus=[replace(gpu, common=False) for gpu in snapshot.gpus.values()]
    ),
    "no dense model": lambda snapshot: changed(
        snapshot, models=[model for model in snapshot.models.values() if model.spec.mixture_of_experts]
    ),
    "no mixture": lambda snapshot: changed(
        snapshot, models=[model for model in snapshot.models.values() if not model.spec.mixture_of_experts]
    ),
    "only unified memory": lambda snapshot: changed(
        snapshot, gpus=[gpu for gpu in snapshot.gpus.values() if gpu.spec.unified_memory]
    ),
    "a machine and small cards": lambda snapshot: changed(
        snapshot, gpus=[snapshot.gpus[slug] for slug in ("m4-max-64", "rtx-3070", "rtx-3060-ti")]
    ),
    "one model": lambda snapshot: changed(snapshot, models=[snapshot.models["llama-3-3-70b"]]),
    "cards of a tenth": with_memory("0.1"),
    "cards of ten times": with_memory("10"),
    "drivers that report little": with_reported("0.6"),
    "drivers that report much": with_reported("3"),
    "no dates, no prices": without_dates_and_prices,
    "no model": lambda snapshot: changed(snapshot, models=()),
    "no GPU": lambda snapshot: changed(snapshot, gpus=()),
    "nothing": lambda snapshot: changed(snapshot, models=(), gpus=(), quants=()),
}
in_every_catalog = pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS.keys())
as_started_and_edited = pytest.mark.parametrize("catalog", [lambda snapshot: snapshot, edited], ids=["start", "edited"])


# The pages as a whole


@in_both
def test_a_guide_is_long_enough_to_help_and_short_enough_to_read(
    snapshot: Snapshot, build: Callable[[Snapshot], Page]
) -> None:
    assert 900 <= read(build, snapshot).words <= 1800


@in_both
@in_every_catalog
def test_a_guide_reads_whatever_the_catalog_holds(
    snapshot: Snapshot, build: Callable[[Snapshot], Page], catalog: Callable[[Snapshot], Snapshot]
) -> None:
    check_structure(read(build, catalog(snapshot)))


@in_both
def test_a_guide_has_its_own_address_and_leads_on(snapshot: Snapshot, build: Callable[[Snapshot], Page]) -> None:
    page = build(snapshot)
    address = {
        quantization_guide.build: addresses.QUANTIZATION_GUIDE,
        local_guide.build: addresses.LOCAL_GUIDE,
    }[build]
    assert page.canonical.endswith(address)
    assert page.breadcrumbs[-1].address == ""
    assert len(page.description) <= 160
    assert len(page.title) <= 60
    reading = read(build, snapshot)
    assert {addresses.CALCULATOR, addresses.METHODOLOGY} <= set(reading.links)


@in_both
def test_every_link_of_a_guide_leads_to_something_published(
    snapshot: Snapshot, build: Callable[[Snapshot], Page]
) -> None:
    for link in read(build, snapshot).links:
        if link.startswith("/run/") and link != addresses.COMBINATIONS:
            assert pairings.find(snapshot, link.split("/")[2])
        elif link.startswith("/models/"):
            assert link.split("/")[2] in snapshot.models
        elif link.startswith("/gpus/"):
            assert link.split("/")[2] in snapshot.gpus


@pytest.mark.parametrize("view", [guides.quantization_guide, guides.local_guide, guides.methodology, guides.about])
def test_a_view_answers_with_the_page_and_asks_caches_to_ask_again(
    snapshot: Snapshot, view: Callable[..., Any]
) -> None:
    response = view(RequestFactory().get("/"))
    assert response.status_code == 200
    assert b"<h1>" in response.content
    assert response["Cache-Control"] == "public, no-cache"
    assert view(RequestFactory().get("/", headers={"If-None-Match": response["ETag"]})).status_code == 304
    assert view(RequestFactory().post("/")).status_code == 405


# What a guide says of pairs


def figures_in(value: object) -> Iterator[PairFigures]:
    """Every pair that a page speaks of, wherever it stands."""
    if isinstance(value, PairFigures):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from figures_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from figures_in(getattr(value, field.name))


def page_of(snapshot: Snapshot, address: str) -> tuple[Pair, dict[str, pair_page.TableRow]]:
    """The pair at an address, and the rows of its page by the quantization's name in sentences."""
    pair = pairings.find(snapshot, address.split("/")[2])
    assert pair is not None, address
    rows = pair_page.build(snapshot, pair).rows
    return pair, {examples.short(row.name): row for row in rows}


def says_it_fits(row: pair_page.TableRow) -> bool:
    """What the page of the pair advises: exactly where there is an accounting, elsewhere by the rule of thumb."""
    return row.fits_exactly or (row.fits and not row.exact_note)


@in_both
@in_every_catalog
def test_a_guide_and_the_pages_of_its_pairs_agree(
    snapshot: Snapshot, build: Callable[[Snapshot], Page], catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    page = build(snapshot)
    spoken_of = list(figures_in(page))
    quants = {examples.short(quant.name): quant.spec for quant in snapshot.quants}
    linked = {link for link in read(build, snapshot).links if link.startswith("/run/") and link != "/run/"}
    assert linked == {said.address for said in spoken_of}
    for said in spoken_of:
        pair, rows = page_of(snapshot, said.address)
        row = rows[said.quant]
        assert (said.need, said.fits) == (row.need, says_it_fits(row))
        assert said.ceiling == (row.ceiling if said.fits else "—")
        assert said.speed == said.ceiling.removeprefix("~").removeprefix("—")
        assert (said.model, said.gpu) == (pair.model.name, pair.gpu.name)
        need = rule_of_thumb.need_bytes(pair.model.spec, quants[said.quant])
        usable = rule_of_thumb.usable_bytes(pair.gpu.spec)
        assert (said.need_in_prose, said.usable) == figures.memories_apart(need, usable)
        assert said.left_over == (figures.memory_in_prose(usable - need) if need <= usable else "0 MB")
        assert said.bandwidth == figures.bandwidth(pair.gpu.spec.bandwidth_gb_s)


@in_both
@in_every_catalog
def test_every_row_and_note_with_a_pair_shows_the_figures_of_its_page(
    snapshot: Snapshot, build: Callable[[Snapshot], Page], catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    reading = read(build, snapshot)
    default = examples.short(snapshot.default_quant.name) if snapshot.default_quant else ""
    for table in reading.tables:
        for cells, links in zip(table.rows, table.links, strict=True):
            for address in (link for link in links if link.startswith("/run/")):
                row = page_of(snapshot, address)[1][default]
                assert says_it_fits(row)
                assert cells[-1] == row.ceiling
                if table.head[-2] == "Context":
                    assert (f"up to {cells[-2]} tokens" in row.exact_note) if row.exact_note else cells[-2] == "—"
                else:
                    assert cells[-2] == row.need
    for link in build(snapshot).pairs:  # type: ignore[attr-defined]
        quant, _, rest = link.note.partition(": ")
        row = page_of(snapshot, link.address)[1][quant]
        assert rest in {f"{row.need}, fits", f"{row.need}, does not fit"}
        assert rest.endswith(", fits") == says_it_fits(row)
        if not says_it_fits(row):
            assert not row.fits
            assert not row.fits_exactly


FIGURE = re.compile(r"([\d.,]*\d) (GB/s|GB|MB|tokens/sec)|reach(?:es)? ([\d,]+)")


def allowed_in_prose(snapshot: Snapshot, links: Iterable[str]) -> set[str]:
    """Every figure that `fit` gives for the pairs that a page links."""
    allowed = set()
    for link in links:
        pair = pairings.find(snapshot, link.split("/")[2])
        assert pair is not None
        usable = rule_of_thumb.usable_bytes(pair.gpu.spec)
        allowed |= {figures.gigabytes(pair.gpu.spec.nameplate_gb), figures.bandwidth(pair.gpu.spec.bandwidth_gb_s)}
        allowed |= {figures.memory_in_prose(usable * cards) for cards in range(1, 9)}
        for quant in snapshot.quants:
            need = rule_of_thumb.need_bytes(pair.model.spec, quant.spec)
            allowed |= {figures.memory(need), *figures.memories_apart(need, usable)}
            if need <= usable:
                allowed.add(figures.memory_in_prose(usable - need))
                ceiling = rule_of_thumb.ceiling_tokens_s(pair.model.spec, quant.spec, pair.gpu.spec)
                if ceiling is not None:
                    allowed.add(f"{figures.ceiling_in_prose(ceiling)} tokens/sec")
    return allowed


@in_both
@as_started_and_edited
def test_no_figure_in_a_sentence_is_typed(
    snapshot: Snapshot, build: Callable[[Snapshot], Page], catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    reading = read(build, snapshot)
    allowed = allowed_in_prose(snapshot, [link for link in reading.links if re.match(r"/run/.", link)])
    found = [
        f"{reached} tokens/sec" if reached else f"{number} {unit}"
        for number, unit, reached in FIGURE.findall(reading.prose)
    ]
    assert len(found) > 10
    assert set(found) <= allowed


@in_every_catalog
def test_where_need_is_held_against_usable_memory_it_fits_by_the_rule_too(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    guide, local = quantization_guide.build(snapshot), local_guide.build(snapshot)
    sides = [guide.mixture]
    sides += [guide.trade.larger, guide.trade.smaller] if guide.trade else []
    sides += [guide.speed.slower, guide.speed.faster] if guide.speed else []
    sides += [local.bandwidths.slower, local.bandwidths.faster] if local.bandwidths else []
    sides += [local.unified.machine, local.unified.card] if local.unified else []
    sides += [local.mixture.mixture, local.mixture.dense] if local.mixture else []
    for said in sides:
        if said:
            assert said.fits
            assert page_of(snapshot, said.address)[1][said.quant].fits


def test_an_example_that_became_something_else_is_not_called_what_it_was(snapshot: Snapshot) -> None:
    model, gpu = snapshot.models["qwen3-32b"], snapshot.gpus["rtx-4090"]
    now = changed(
        snapshot,
        models=[*snapshot.models.values(), replace(model, spec=replace(model.spec, mixture_of_experts=True))],
        gpus=[*snapshot.gpus.values(), replace(gpu, spec=replace(gpu.spec, unified_memory=True))],
    )
    dense = examples.dense_model(now, "qwen3-32b", model.spec.parameters)
    assert dense is not None
    assert not dense.spec.mixture_of_experts
    assert abs(dense.spec.parameters - model.spec.parameters) < 10**8
    mixture = examples.mixture(now, "qwen3-32b", model.spec.parameters)
    assert mixture is not None
    assert mixture.spec.active_parameters
    card = examples.card(now, "rtx-4090", 24)
    assert card is not None
    assert not card.spec.unified_memory
    assert card.spec.nameplate_gb == 24
    assert examples.machine(now, "l4", 64) is now.gpus["m3-max-64"]


# The guide to quantization


@in_every_catalog
def test_needs_are_those_of_the_rule(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = catalog(snapshot)
    reading = read(quantization_guide.build, snapshot)
    if not snapshot.quants:
        assert not reading.tables
        return
    table = reading.tables[0]
    models = [snapshot.models[link.split("/")[2]] for link in table.head_links]
    assert [row[0].removesuffix(" default") for row in table.rows] == [quant.name for quant in snapshot.quants]
    assert [row[0].endswith(" default") for row in table.rows].count(True) == 1
    for row, quant in zip(table.rows, snapshot.quants, strict=True):
        assert Decimal(row[1]) == quant.spec.bytes_per_weight
        assert row[2:] == [figures.memory(rule_of_thumb.need_bytes(model.spec, quant.spec)) for model in models]


def test_the_models_are_the_known_ones_or_else_the_nearest_in_size(snapshot: Snapshot) -> None:
    starting = read(quantization_guide.build, snapshot).tables[0]
    assert starting.head_links == ["/models/llama-3-1-8b/", "/models/llama-3-3-70b/"]
    snapshot = without_examples(snapshot)
    small, large = (
        snapshot.models[link.split("/")[2]] for link in read(quantization_guide.build, snapshot).tables[0].head_links
    )
    dense = [model.spec.parameters for model in snapshot.models.values() if not model.spec.mixture_of_experts]
    assert abs(small.spec.parameters - 8 * 10**9) == min(abs(parameters - 8 * 10**9) for parameters in dense)
    assert abs(large.spec.parameters - 70 * 10**9) == min(abs(parameters - 70 * 10**9) for parameters in dense)


def test_quality_is_what_was_measured_with_its_source(snapshot: Snapshot) -> None:
    reading = read(quantization_guide.build, snapshot)
    for row, quant in zip(reading.tables[1].rows, snapshot.quants, strict=True):
        assert quant.perplexity is not None
        assert quant.perplexity_rise is not None
        assert quant.kl_divergence is not None
        assert row[0] == quant.name
        assert abs(Decimal(row[1]) - quant.perplexity_rise) <= Decimal("0.0005")
        assert abs(Decimal(row[2]) - quant.perplexity) <= Decimal("0.0005")
        assert abs(Decimal(row[3]) - quant.kl_divergence) <= Decimal("0.00005")
        assert row[4] == quant.quality
        assert quant.quality_source in reading.links
        assert quant.quality_basis in reading.prose
    assert reading.prose.count("Measured on") == 1


def test_a_measurement_that_is_missing_is_a_dash(snapshot: Snapshot) -> None:
    first, *rest = snapshot.quants
    reading = read(quantization_guide.build, changed(snapshot, quants=[replace(first, kl_divergence=None), *rest]))
    assert reading.tables[1].rows[0][3] == "—"
    nothing = read(quantization_guide.build, unmeasured(snapshot))
    assert {cell for row in nothing.tables[1].rows for cell in row[1:4]} == {"—"}
    assert "Measured on" not in nothing.prose


def test_steps_compare_the_default_with_its_neighbours(snapshot: Snapshot) -> None:
    page = quantization_guide.build(snapshot)
    by_name = {quant.name: quant for quant in snapshot.quants}
    assert page.step_up is not None
    assert page.step_down is not None
    assert (page.step_up.neighbour, page.step_up.default) == ("Q5_K_M", "Q4_K_M")
    assert (page.step_down.neighbour, page.step_down.default) == ("Q3_K_M", "Q4_K_M")
    for step in (page.step_up, page.step_down):
        one, other = by_name[step.neighbour], by_name[step.default]
        assert one.kl_divergence
        assert other.kl_divergence
        change = abs(one.spec.bytes_per_weight / other.spec.bytes_per_weight - 1)
        ratio = max(one.kl_divergence / other.kl_divergence, other.kl_divergence / one.kl_divergence)
        assert abs(Decimal(step.memory.rstrip("%")) / 100 - change) <= Decimal("0.005")
        assert abs(Decimal(step.divergence) - ratio) <= Decimal("0.05")


def test_a_step_that_the_measurements_contradict_is_left_out(snapshot: Snapshot) -> None:
    better = [replace(quant, kl_divergence=Decimal("0.001")) for quant in snapshot.quants]
    page = quantization_guide.build(changed(snapshot, quants=better))
    assert page.step_up is None
    assert page.step_down is None


@as_started_and_edited
def test_a_trade_is_fewer_bits_for_more_weights_on_one_card(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    page = quantization_guide.build(snapshot)
    assert page.trade is not None
    (larger, rows), (smaller, other_rows) = (
        page_of(snapshot, side.address) for side in (page.trade.larger, page.trade.smaller)
    )
    assert larger.gpu is smaller.gpu
    assert larger.model.spec.parameters > smaller.model.spec.parameters
    assert rows[page.trade.larger.quant].recommended
    assert other_rows[page.trade.smaller.quant].recommended
    order = [examples.short(quant.name) for quant in snapshot.quants]
    assert order.index(page.trade.larger.quant) > order.index(page.trade.smaller.quant)
    table = read(quantization_guide.build, snapshot).tables[2]
    for name, cells in zip(order, table.rows, strict=True):
        for row, (need, ceiling) in ((rows[name], cells[1:3]), (other_rows[name], cells[3:5])):
            assert need == row.need
            assert ceiling == (row.ceiling if says_it_fits(row) else "—")


@as_started_and_edited
def test_the_saving_and_the_gain_in_speed_follow_the_bytes(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    page = quantization_guide.build(snapshot)
    by_name = {examples.short(quant.name): quant.spec.bytes_per_weight for quant in snapshot.quants}
    assert page.saving is not None
    assert page.speed is not None
    saved = 1 - by_name[page.saving.default] / by_name[page.saving.top]
    assert page.saving.share == f"{round(saved * 100)}%"
    assert page.saving.share == ("74%" if catalog is edited else "72%")
    assert page.speed.slower.fits
    assert page.speed.faster.fits
    ratio = by_name[page.speed.slower.quant] / by_name[page.speed.faster.quant]
    assert abs(Decimal(page.speed.ratio) - ratio) <= Decimal("0.05")


@in_every_catalog
def test_a_mixture_is_shown_where_it_fits(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    shown = quantization_guide.build(catalog(snapshot)).mixture
    assert shown is None or (shown.fits and shown.active and shown.speed)


@pytest.mark.parametrize("name", ["a single quantization", "no quantization", "no common card", "nothing"])
def test_what_there_is_no_example_of_is_left_out(snapshot: Snapshot, name: str) -> None:
    page = quantization_guide.build(CATALOGS[name](snapshot))
    if name != "no common card":
        assert page.trade is None
        assert page.speed is None
        assert page.saving is None
        assert page.step_up is None
    local = local_guide.build(CATALOGS[name](snapshot))
    if name != "a single quantization":
        assert local.tiers == ()
        assert local.bandwidths is None
    if name in {"no common card", "nothing"}:
        assert local.prices == ()


# The guide to running models locally


def runs(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu, quant: PublishedQuant) -> bool:
    """`fit` asked afresh: by the accounting where there is one, elsewhere by the rule of thumb."""
    sizes = {slug: file.size_bytes for slug, file in snapshot.files_of.get(model.slug, {}).items()}
    row = assess(model.spec, gpu.spec, [quant.spec], quant.spec, sizes).rows[0]
    return row.exact.fits if row.exact else row.fits


@in_every_catalog
def test_each_size_shows_the_largest_and_the_newest_model_that_fits(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    page = local_guide.build(snapshot)
    for tier in page.tiers:
        pair, _ = page_of(snapshot, tier.largest.address)
        assert snapshot.default_quant is not None
        assert tier.largest.quant == examples.short(snapshot.default_quant.name)
        least = Decimal("0.75") * pair.model.spec.parameters
        fitting = [
            model
            for model in snapshot.models.values()
            if model.spec.parameters >= least and runs(snapshot, model, pair.gpu, snapshot.default_quant)
        ]
        assert pair.model.spec.parameters == max(model.spec.parameters for model in fitting)
        assert tier.largest.parameters == figures.parameters(pair.model.spec.parameters)
        near = [model.release_date for model in fitting if model.release_date]
        assert (tier.newer is not None) == bool(near)
        if tier.newer:
            newer, _ = page_of(snapshot, tier.newer.address)
            assert newer.gpu is pair.gpu
            assert newer.model in fitting
            assert newer.model.release_date == max(near)
            assert tier.released == f"{max(near):%b %Y}"


@as_started_and_edited
def test_each_size_is_shown_on_its_fastest_common_card(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    page = local_guide.build(snapshot)
    assert [tier.memory for tier in page.tiers] == [f"{size} GB" for size in TIERS_GB]
    for tier, size in zip(page.tiers, TIERS_GB, strict=True):
        card = snapshot.gpus[tier.card.address.split("/")[2]]
        of_size = [gpu for gpu in snapshot.gpus.values() if gpu.common and gpu.spec.nameplate_gb == size]
        own = [gpu for gpu in of_size if not gpu.spec.unified_memory]
        assert card in (own or of_size)
        assert card.spec.bandwidth_gb_s == max(gpu.spec.bandwidth_gb_s for gpu in own or of_size)


def test_a_size_is_shown_on_a_card_with_memory_of_its_own_where_there_is_one(snapshot: Snapshot) -> None:
    fast = snapshot.gpus["m4-24"]
    fast = replace(fast, spec=replace(fast.spec, bandwidth_gb_s=Decimal(9000)))
    cards = {gpu.slug for gpu in tier_cards(changed(snapshot, gpus=[*snapshot.gpus.values(), fast]))}
    assert "rtx-4090" in cards
    assert "m4-24" not in cards
    assert "m4-max-64" in cards


def test_the_same_bandwidth_is_decided_by_the_newer_card(snapshot: Snapshot) -> None:
    by_size = {gpu.spec.nameplate_gb: gpu.slug for gpu in tier_cards(snapshot)}
    assert by_size[Decimal(24)] == "rtx-4090"
    assert snapshot.gpus["rtx-3090-ti"].spec.bandwidth_gb_s == snapshot.gpus["rtx-4090"].spec.bandwidth_gb_s


@in_every_catalog
def test_bandwidth_is_compared_between_cards_of_equal_memory(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    example = local_guide.build(snapshot).bandwidths
    if example is None:
        return
    (slow, _), (fast, _) = page_of(snapshot, example.slower.address), page_of(snapshot, example.faster.address)
    assert slow.model is fast.model
    assert not slow.model.spec.mixture_of_experts
    assert slow.gpu.spec.nameplate_gb == fast.gpu.spec.nameplate_gb
    assert example.slower.fits
    assert example.faster.fits
    ratio = fast.gpu.spec.bandwidth_gb_s / slow.gpu.spec.bandwidth_gb_s
    assert ratio > 1
    assert abs(Decimal(example.ratio) - ratio) <= Decimal("0.05")


@in_every_catalog
def test_a_machine_is_compared_with_the_card_that_offers_about_as_much(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    example = local_guide.build(snapshot).unified
    if example is None:
        return
    (machine, _), (card, _) = page_of(snapshot, example.machine.address), page_of(snapshot, example.card.address)
    assert machine.gpu.spec.unified_memory
    assert machine.model is card.model
    assert not machine.model.spec.mixture_of_experts
    assert example.machine.fits
    assert example.card.fits
    usable = rule_of_thumb.usable_bytes(machine.gpu.spec)
    gaps = {
        gpu.slug: abs(rule_of_thumb.usable_bytes(gpu.spec) - usable)
        for gpu in snapshot.common_gpus
        if not gpu.spec.unified_memory
    }
    assert gaps[card.gpu.slug] == min(gaps.values())
    assert example.machine_share == f"{round(rule_of_thumb.usable_share(machine.gpu.spec) * 100)}%"
    assert example.card_share == f"{round(rule_of_thumb.usable_share(card.gpu.spec) * 100)}%"


def test_the_card_beside_a_machine_follows_the_machines_own_share(snapshot: Snapshot) -> None:
    machine = snapshot.gpus["m4-max-64"]
    stingy = replace(machine, spec=replace(machine.spec, usable_share=Decimal("0.4")))
    example = local_guide.build(changed(snapshot, gpus=[*snapshot.gpus.values(), stingy])).unified
    assert example is not None
    assert (example.machine.gpu, example.machine_share) == ("Apple M4 Max 64GB", "40%")
    assert example.card.memory == "24 GB"


def test_the_unified_share_is_the_rules_own_in_the_text(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "counts on 72% of it" in read(local_guide.build, snapshot).prose
    monkeypatch.setattr(rule_of_thumb, "UNIFIED_USABLE_SHARE", Decimal("0.61"))
    monkeypatch.setattr(rule_of_thumb, "USABLE_SHARE", Decimal("0.87"))
    monkeypatch.setattr(rule_of_thumb, "OVERHEAD", Decimal("1.33"))
    prose = read(local_guide.build, snapshot).prose
    assert "counts on 61% of it" in prose
    assert "its weights plus 33%, and a card offers 87% of its memory" in prose


@in_every_catalog
def test_a_mixture_and_a_dense_model_share_a_card(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = catalog(snapshot)
    example = local_guide.build(snapshot).mixture
    if example is None:
        return
    (mixture, _), (dense, _) = page_of(snapshot, example.mixture.address), page_of(snapshot, example.dense.address)
    assert mixture.gpu is dense.gpu
    assert mixture.model.spec.mixture_of_experts
    assert not dense.model.spec.mixture_of_experts
    assert mixture.model.spec.active_parameters
    assert example.mixture.active == figures.parameters(mixture.model.spec.active_parameters)
    assert example.mixture.fits
    assert example.dense.fits


@in_every_catalog
def test_several_cards_add_memory_and_not_speed(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = catalog(snapshot)
    example = local_guide.build(snapshot).several
    if example is None:
        return
    assert not example.single.fits
    pair, rows = page_of(snapshot, example.single.address)
    assert not rows[example.single.quant].fits_exactly
    usable = rule_of_thumb.usable_bytes(pair.gpu.spec)
    for count, row in enumerate(example.rows, start=1):
        assert (row.count, row.usable) == (str(count), figures.memory(usable * count))
        best = next(
            (
                quant
                for worth in (True, False)
                for quant in snapshot.quants
                if quant.spec.worth_recommending >= worth
                and rule_of_thumb.need_bytes(pair.model.spec, quant.spec) <= usable * count
            ),
            None,
        )
        if best is None:
            assert (row.quant, row.need, row.ceiling) == ("none fits", "—", "—")
        else:
            assert row.quant == examples.short(best.name)
            assert row.need == figures.memory(rule_of_thumb.need_bytes(pair.model.spec, best.spec))
            one_card = rule_of_thumb.ceiling_tokens_s(pair.model.spec, best.spec, pair.gpu.spec)
            assert row.ceiling == figures.ceiling(one_card)


def test_the_slip_of_other_guides_is_not_ours(snapshot: Snapshot) -> None:
    """A 70B model at Q4_K_M on two cards of 24 GB: many a guide says that it fits; by the rule it does not."""
    example = local_guide.build(snapshot).several
    assert example is not None
    assert example.answer == "Of two such cards 46 GB is usable, still too little; it takes three, with 68 GB."


def test_several_cards_are_counted_exactly_too_as_the_page_of_the_pair_does(snapshot: Snapshot) -> None:
    example = local_guide.build(snapshot).several
    assert example is not None
    assert example.exactly == ("Counted exactly, layer by layer and with 8K tokens of context, already two hold it.")
    pair, _ = page_of(snapshot, example.single.address)
    fix = next(fix for fix in pair_page.build(snapshot, pair).fixes if fix.name == "A second card")
    assert fix.text.startswith(f"2 × {pair.gpu.name}: {example.single.quant} ")


@pytest.mark.parametrize(("need", "cards"), [("22.8", 1), ("22.8000001", 2), ("45.6", 2), ("45.7", 3)])
def test_as_many_cards_as_it_takes_and_not_one_more(snapshot: Snapshot, need: str, cards: int) -> None:
    gpu = snapshot.gpus["rtx-3090"].spec
    assert local_guide.cards_needed(Decimal(need) * 10**9, gpu) == cards


@as_started_and_edited
def test_prices_are_launch_prices_with_their_date(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = catalog(snapshot)
    reading = read(local_guide.build, snapshot)
    table = reading.table("Card")
    assert table.caption.startswith("Launch prices")
    for row, links in zip(table.rows, table.links, strict=True):
        gpu = snapshot.gpus[links[0].split("/")[2]]
        assert gpu.launch_price_usd is not None
        assert gpu.release_date is not None
        assert row == [
            gpu.name,
            figures.gigabytes(gpu.spec.nameplate_gb),
            f"${gpu.launch_price_usd:,.0f}",
            f"{gpu.release_date:%b %Y}",
            f"{gpu.power_w} W",
        ]
    unpriced = [gpu.name for gpu in tier_cards(snapshot) if gpu.launch_price_usd is None]
    assert len(table.rows) + len(unpriced) == len(tier_cards(snapshot))
    assert all(name in reading.prose for name in unpriced)
    assert "$" not in reading.prose
