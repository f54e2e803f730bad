"""What `make truth` prints and writes, on a folder and on questions that are made up."""

import json
from pathlib import Path

import pytest

from tests.truth.models import Models, OracleError, lines
from tests.truth.oracle_rows import all_rows
from tests.truth.row import Row
from tests.truth.run import main
from tests.truth.size_rows import size_rows
from tests.truth.summary import Goal, summary, table

SIZES = "model,arch,params_total,quant,file_bytes,effective_bpw\n"
MEMORY = "model,quant,n_ctx,kv_type,flash_attn,n_ubatch,kv_bytes,backend,variant,total_bytes_server\n"


def folder(path: Path, sizes: str = "", memory: str = "") -> Path:
    (path / "models.csv").write_text("model,page_slug\nA,qwen2-5-72b\nB,nobody-s\n")
    (path / "sizes.csv").write_text(SIZES + sizes)
    (path / "memory.csv").write_text(MEMORY + memory)
    return path


def test_a_folder_with_the_three_first_files_is_enough(tmp_path: Path) -> None:
    rows = all_rows(
        folder(tmp_path, "A,qwen2,1,Q4_K_M,47405701530,4\n", "A,Q4_K_M,4096,f16,1,512,1342177280,cuda,,1\n")
    )
    assert {row.check for row in rows} == {"weights", "cache f16", "total", "rule of thumb"}
    (cache,) = (row for row in rows if row.check == "cache f16")
    assert (cache.predicted, cache.error) == (1342177280, 0)


def test_a_model_or_a_mix_that_nobody_knows_is_named_and_counted(tmp_path: Path) -> None:
    oracle = folder(tmp_path, "B,x,1,Q4_K_M,5,4\nC,x,1,Q4_K_M,5,4\nA,qwen2,1,NO_MIX,5,4\n")
    rows = list(size_rows(oracle, Models(oracle)))
    assert [row.predicted for row in rows] == [None, None, None]
    text = table(rows, {})
    for words in ("the catalog has no model nobody-s", "the catalog has no model C", "the mix NO_MIX"):
        assert "1 rows" in text
        assert words in text


def test_a_row_says_all_of_itself_in_the_file_of_rows() -> None:
    row = Row("total", "A", "Q4_K_M", 4096, 110, 100, "f16 cache")
    names = ["check", "model", "quant", "context", "predicted", "real", "error", "detail"]
    assert list(row.as_json()) == names
    assert row.as_json()["error"] == pytest.approx(0.1)
    assert Row("total", "A", "Q4_K_M", None, None, 100, "why").as_json()["error"] is None


@pytest.mark.parametrize(
    ("predicted", "real", "share_of", "error"),
    [(0, 0, None, 0), (5, 0, None, 1), (90, 100, None, -0.1), (90, 100, 1000, -0.01)],
)
def test_an_error_is_a_share_of_the_real_figure_or_of_what_the_row_names(
    predicted: int, real: int, share_of: int | None, error: float
) -> None:
    assert Row("x", "A", "", None, predicted, real, share_of=share_of).error == pytest.approx(error)


def test_a_line_has_the_worst_row_by_name_and_whether_the_goal_is_met() -> None:
    rows = [Row("x", name, "Q6_K", 4096, 100 + error, 100) for name, error in (("A", 0), ("B", 1), ("C", -9))]
    (line,) = summary(rows, {"x": Goal(median=0.01, worst=0.05)})
    assert (line.rows, line.models, line.exact, line.median, line.met) == (3, 3, 1, pytest.approx(0.01), False)
    assert line.worst_row == rows[2]
    goals = {"x": Goal(median=0.01, worst=0.05, named={"C": "it is made up"})}
    assert summary(rows, goals)[0].met is True
    assert "The worst of x lets pass C: it is made up." in table(rows, goals)
    assert "C Q6_K, 4,096 tokens" in table(rows, goals)


def test_a_check_without_a_single_answer_misses_its_goal() -> None:
    (line,) = summary([Row("x", "A", "", None, None, 5, "why")], {"x": Goal(worst=1)})
    assert (line.met, line.rows, line.unanswered) == (False, 0, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [("model\nA\n", "columns are missing: page_slug"), ("model,page_slug\nA\n", "line 2: as many fields")],
)
def test_a_file_of_answers_that_is_wrong_says_where(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "models.csv").write_text(text)
    with pytest.raises(OracleError, match=words):
        list(lines(tmp_path / "models.csv", "model", "page_slug"))


def test_a_folder_that_is_not_there_ends_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"models\.csv: cannot be read"):
        main(["--oracle", str(tmp_path / "none")])


def test_answers_and_cases_together_are_both_printed_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    oracle = folder(tmp_path, "A,qwen2,1,Q4_K_M,47405701530,4\n")
    case = {"id": "a", "kind": "R5", "kind_name": "holds", "what": "bandwidth_gb_s", "right": 300, "tolerance": 0}
    path, written = tmp_path / "cases.jsonl", tmp_path / "rows.json"
    path.write_text(json.dumps({**case, "ask": {"gpus": [{"gpu": "l4", "count": 1}]}}))
    main(["--oracle", str(oracle), "--cases", str(path), "--json", str(written)])
    printed = capsys.readouterr().out
    assert "weights " in printed
    assert "R5 " in printed
    assert [row.get("check") or row["id"] for row in json.loads(written.read_text())] == ["weights", "a"]


def test_a_size_that_two_files_have_is_asked_once(tmp_path: Path) -> None:
    oracle = folder(tmp_path, "A,qwen2,1,Q4_K_S,5,4\nA,qwen2,1,Q4_K_M,5,4\n")
    (oracle / "sizes_more.csv").write_text(SIZES + "A,qwen2,1,Q4_K_S,5,4\nA,qwen2,1,Q3_K_S,5,4\n")
    rows = size_rows(oracle, Models(oracle))
    assert [(row.check, row.quant) for row in rows] == [
        ("sizes", "Q4_K_S"),
        ("weights", "Q4_K_M"),
        ("sizes", "Q3_K_S"),
    ]


def test_no_two_rows_of_memory_are_alike() -> None:
    names = [(row.check, row.name) for row in all_rows() if not row.check.startswith("placement")]
    assert len(names) == len(set(names))


def test_cases_are_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = {"id": "a", "kind": "R5", "kind_name": "holds", "what": "bandwidth_gb_s", "right": 300, "tolerance": 0}
    path, written = tmp_path / "cases.jsonl", tmp_path / "rows.json"
    path.write_text(json.dumps({**case, "ask": {"gpus": [{"gpu": "l4", "count": 1}]}}))
    main(["--cases", str(path), "--json", str(written)])
    assert "inside" in capsys.readouterr().out
    assert json.loads(written.read_text()) == [
        {"id": "a", "what": "bandwidth_gb_s", "right": 300, "ours": 300.0, "difference": 0.0, "inside": True}
    ]
