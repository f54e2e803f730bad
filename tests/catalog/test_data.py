"""The shipped data: how much of it there is, and what holds for every record."""

import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from catalog.doubts import Others, unanswered
from catalog.interchange.files import DATA_DIRECTORY
from catalog.interchange.records import to_line
from catalog.models import RECORD_MODELS
from catalog.slugs import of_name
from catalog.snapshot import Snapshot
from fit import architecture_bounds as bounds
from fit import architecture_document
from fitpages.matching.pairs import count_pairs
from tests.catalog.data_files import ARTIFACTS, BENCHMARKS, GPUS, MODELS, NAMES, QUANTS, REPOSITORIES

LINES = {name: (DATA_DIRECTORY / name).read_text(encoding="utf-8").split("\n") for name in NAMES}
RECORDS: dict[str, list[dict[str, Any]]] = {name: [json.loads(line) for line in LINES[name][:-1]] for name in NAMES}
ARCHITECTURES = {model["slug"]: model["architecture"] for model in RECORDS[MODELS] if "architecture" in model}
TABLES = ("extra", "unquantized", "lookup_tables")


@pytest.mark.parametrize(
    ("name", "records", "drafts"),
    [
        (GPUS, 445, 12),
        (MODELS, 428, 1),
        (QUANTS, 25, 0),
        (ARTIFACTS, 681, 31),
        (REPOSITORIES, 853, 7),
        (BENCHMARKS, 1683, 0),
    ],
)
def test_a_file_has_so_many_records_and_drafts(name: str, records: int, drafts: int) -> None:
    statuses = Counter(record["status"] for record in RECORDS[name])
    assert statuses == Counter(published=records - drafts, draft=drafts)


@pytest.mark.django_db
def test_the_starting_catalog_has_184_891_pages_of_pairs(snapshot: Snapshot) -> None:
    assert (len(snapshot.gpus), len(snapshot.models), len(snapshot.quants)) == (433, 427, 6)
    assert count_pairs(snapshot) == 184_891


# Drafts for the very reason that is asked about: nobody knows yet what else is in the file, or which file it is.
ASKED_ABOUT = {
    "apertus-v1-5-8b-q4-k-m-colby",
    "deepseek-v4-flash-284b-a13b-q4-k-m-2026-08-03",
    "deepseek-v4-flash-284b-a13b-q8-0-2026-08-03",
    "laguna-s-2-1-118b-a8b-q4-k-m-poolside",
    "qwen3-6-27b-q3-k-m-bartowski",
}


@pytest.mark.django_db
def test_nothing_is_asked_about_the_shipped_catalog_that_has_no_answer_but_five_drafts() -> None:
    others = Others()
    asked = {row.slug: row for model in RECORD_MODELS for row in model.objects.all() if unanswered(row, others)}
    assert asked.keys() == ASKED_ABOUT
    assert not any(row.is_published for row in asked.values())


def test_24_records_were_saved_anyway_each_with_a_reason() -> None:
    answers = [answer for name in NAMES for record in RECORDS[name] for answer in record.get("saved_anyway", ())]
    assert len(answers) == 24
    assert all(len(answer["reason"]) > 20 for answer in answers)


@pytest.mark.django_db
def test_91_published_cards_are_common(snapshot: Snapshot) -> None:
    assert len(snapshot.common_gpus) == sum(gpu.get("common", False) for gpu in RECORDS[GPUS]) == 91


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_one_object_a_line_as_an_export_writes_it(name: str) -> None:
    assert LINES[name] == [*map(to_line, RECORDS[name]), ""]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_sorted_by_slug_and_has_each_once(name: str) -> None:
    slugs = [record["slug"] for record in RECORDS[name]]
    assert slugs == sorted(set(slugs))


@pytest.mark.parametrize("name", NAMES)
def test_every_record_has_a_source(name: str) -> None:
    assert [record["slug"] for record in RECORDS[name] if not _is_list_of_sources(record.get("sources"))] == []


def _is_list_of_sources(sources: Any) -> bool:
    return isinstance(sources, list) and bool(sources) and all(isinstance(line, str) and line for line in sources)


def test_every_measurement_that_pages_print_has_an_address_to_follow() -> None:
    shown = [record for record in RECORDS[BENCHMARKS] if "hidden_because" not in record]
    assert len(shown) == 1654
    assert [row["slug"] for row in shown if not row["sources"][0].startswith("https://")] == []


def test_how_much_is_stated_of_the_circumstances_of_measurements() -> None:
    names = ("build_number", "depth_tokens", "cache_keys", "power_limit_w", "ram_kind", "hidden_because")
    assert {name: sum(name in record for record in RECORDS[BENCHMARKS]) for name in names} == {
        **{"build_number": 375, "depth_tokens": 1002, "cache_keys": 528},
        **{"power_limit_w": 84, "ram_kind": 21, "hidden_because": 29},
    }


def test_no_measurement_is_entered_twice() -> None:
    """Lengths of one table have the same speed at times, and copies of an earlier row say so."""
    said = ("gpu_label", "gpu_count", "model_label", "quant_label", "test", "backend", "decode_tokens_s", "sources")
    rows = [row for row in RECORDS[BENCHMARKS] if "the same figure as" not in row.get("editor_notes", "")]
    twice = Counter(str([row.get(name) for name in said]) for row in rows)
    assert [row for row, count in twice.items() if count > 1] == []


def test_all_but_two_models_have_an_architecture() -> None:
    without = {model["slug"] for model in RECORDS[MODELS]} - ARCHITECTURES.keys()
    assert without == {"llama-3-1-nemotron-ultra-253b-v1", "deepseek-v4-1-flash"}


def test_every_architecture_is_far_below_the_bounds_of_a_document() -> None:
    documents = list(ARCHITECTURES.values())
    groups = [group for document in documents for group in document["blocks"]]
    assert 4 * max(sum(group["n"] for group in document["blocks"]) for document in documents) < bounds.MOST_LAYERS
    assert 4 * max(len(document["blocks"]) for document in documents) < bounds.MOST_GROUPS
    assert 4 * max(len(group["mixers"]) for group in groups) <= bounds.MOST_MIXERS
    assert 4 * max(len(document.get("layer_pattern", ())) for document in documents) < bounds.MOST_PLACES
    assert 4 * max(len(document.get(table, ())) for document in documents for table in TABLES) < bounds.MOST_NAMED
    assert 4 * max(len(json.dumps(document)) for document in documents) < bounds.MOST_CHARACTERS


def test_every_architecture_can_be_read() -> None:
    assert len(ARCHITECTURES) == 426
    faults = {slug: problems for slug, document in ARCHITECTURES.items() if (problems := _problems(document))}
    assert faults == {}


def _problems(document: object) -> list[str]:
    try:
        architecture_document.read(document)
    except architecture_document.ArchitectureError as error:
        return error.problems
    return []


@pytest.mark.django_db
def test_the_six_quantizations_have_the_founding_bytes_per_weight(snapshot: Snapshot) -> None:
    sizes = {quant.name: quant.spec.bytes_per_weight for quant in snapshot.quants}
    assert sizes == {
        "FP16 (full)": Decimal(2),
        "Q8_0": Decimal("1.06"),
        "Q6_K": Decimal("0.82"),
        "Q5_K_M": Decimal("0.69"),
        "Q4_K_M": Decimal("0.56"),
        "Q3_K_M": Decimal("0.43"),
    }


@pytest.mark.parametrize(("field", "name"), [("model", MODELS), ("quant", QUANTS)])
def test_every_published_file_is_of_a_model_and_a_quantization_that_are_there(field: str, name: str) -> None:
    assert {file[field] for file in RECORDS[ARTIFACTS] if field in file} <= {record["slug"] for record in RECORDS[name]}


def test_only_the_founding_six_have_bytes_per_weight_and_are_shown_always() -> None:
    founding = {"fp16", "q8-0", "q6-k", "q5-k-m", "q4-k-m", "q3-k-m"}
    assert {quant["slug"] for quant in RECORDS[QUANTS] if "bytes_per_weight" in quant} == founding
    assert {quant["slug"] for quant in RECORDS[QUANTS] if quant["shown"] == "always"} == founding


def test_what_is_worth_recommending_is_what_readers_are_told() -> None:
    worth = {quant["slug"] for quant in RECORDS[QUANTS] if quant["worth_recommending"]}
    assert worth == {
        *("q6-k", "q5-k-m", "q5-k-s", "q4-k-l", "q4-k-m", "q4-k-s", "iq4-nl", "iq4-xs", "q3-k-m"),
        "mxfp4",
    }


def test_measured_quality_falls_from_row_to_row() -> None:
    ordered = sorted(RECORDS[QUANTS], key=lambda quant: quant["order"])
    measured = [quant["kl_divergence"] for quant in ordered if "kl_divergence" in quant]
    assert len(measured) == 22
    assert measured == sorted(measured)


def test_no_figure_of_quality_stands_without_its_source() -> None:
    for quant in RECORDS[QUANTS]:
        assert ("kl_divergence" in quant) == ("quality_source" in quant) == ("quality_basis" in quant), quant["slug"]


def test_those_below_the_levels_worth_recommending_go_down_in_steps() -> None:
    lower = [quant["slug"] for quant in sorted(RECORDS[QUANTS], key=lambda q: q["order"]) if quant["shown"] == "lower"]
    assert lower == ["iq3-s", "iq3-xxs", "iq2-m", "iq2-xxs"]


def test_the_default_quantization_is_q4_k_m() -> None:
    assert [quant["slug"] for quant in RECORDS[QUANTS] if quant["is_default"]] == ["q4-k-m"]


def test_every_measurement_has_a_rate_and_says_how_far_to_trust_it() -> None:
    assert [
        record["slug"] for record in RECORDS[BENCHMARKS] if not (record.get("trust") and record["decode_tokens_s"] > 0)
    ] == []


def test_so_many_measurements_are_of_a_card_and_a_model_of_the_catalog() -> None:
    measured = RECORDS[BENCHMARKS]
    of_card, of_model = ({record["slug"] for record in measured if name in record} for name in ("gpu", "model"))
    assert (len(of_card), len(of_model), len(of_card & of_model)) == (1574, 1587, 1478)


def test_929_measurements_are_for_calibration_each_with_its_era_and_what_lay_in_ram_with_its_kind() -> None:
    chosen = [record for record in RECORDS[BENCHMARKS] if record["for_calibration"]]
    assert len(chosen) == 929
    assert [row["slug"] for row in chosen if "build" not in row or ("offload" in row and "ram_kind" not in row)] == []
    assert sum("hidden_because" in row for row in chosen) == 12


def test_a_measurement_of_full_precision_is_of_fp16_only_where_the_file_is_f16() -> None:
    labels = {record["quant_label"] for record in RECORDS[BENCHMARKS] if record.get("quant") == "fp16"}
    assert labels == {"F16"}


def test_a_depth_counts_as_tokens_in_the_cache_and_a_long_generation_by_half() -> None:
    slugs = ("dgx-spark-gpt-oss-20b-mxfp4-llama-cpp-tg32-4096-fa", "rtx-3090-llama-3-8b-q4-k-m-llama-cpp-tg4096")
    contexts = {record["slug"]: record["context_tokens"] for record in RECORDS[BENCHMARKS] if record["slug"] in slugs}
    assert contexts == dict(zip(slugs, (4112, 2048), strict=True))


@pytest.mark.parametrize(
    ("name", "kind", "proposed"),
    [
        ("models.jsonl", "languagemodel", 426),
        ("gpus.jsonl", "gpu", 417),
        ("quants.jsonl", "quant", 25),
        ("artifacts.jsonl", "artifact", 669),
        ("repositories.jsonl", "repository", 853),
        ("benchmarks.jsonl", "benchmark", 1682),
        ("popularity.jsonl", "popularity", 422),
        ("board_scores.jsonl", "boardscore", 502),
        ("prices.jsonl", "price", 297),
        ("picks.jsonl", "pick", 49),
    ],
)
def test_so_many_records_have_the_slug_that_their_name_would_give_them(name: str, kind: str, proposed: int) -> None:
    assert sum(of_name(kind, record["name"]) == record["slug"] for record in RECORDS[name]) == proposed
