"""The published files of a model, as its hub lists them."""

from types import MappingProxyType

from catalog.snapshot import Snapshot
from fitpages.pages.hubs import model as model_hub
from fitpages.pages.model.files import FileLine, file_lines
from fitpages.serving.responses import render
from tests.html_page import HtmlPage
from tests.published import published_file
from tests.small_catalog import snapshot_of

MLX = published_file(kind_of_file="mlx", kind_name="MLX", label="4bit", level="", size_bytes=9_000_000_000)
DYNAMIC = published_file(label="UD-Q4_K_XL", level="", publisher="", seen_in="2026-08")


def with_files() -> Snapshot:
    larger = published_file(label="Q8_0", level="q8-0", size_bytes=8_540_000_000)
    return snapshot_of(files_of=MappingProxyType({"small-8b": (MLX, DYNAMIC, larger)}))


def test_files_for_llama_cpp_come_first_and_the_largest_of_them() -> None:
    snapshot = with_files()
    address = "https://huggingface.co/testers/Small-8B-GGUF"
    assert file_lines(snapshot, snapshot.models["small-8b"]) == (
        FileLine("Q8_0", "testers", address, "8.5 GB", "—"),
        FileLine("UD-Q4_K_XL", "testers/Small-8B-GGUF", address, "4.9 GB", "2026-08"),
        FileLine("4bit, MLX", "testers", address, "9.0 GB", "—"),
    )


def test_the_hub_folds_them_in_one_table_and_leaves_it_out_where_there_are_none() -> None:
    snapshot = with_files()
    pages = [
        HtmlPage(render(model_hub.build(snapshot, snapshot.models[slug], {})).decode())
        for slug in ("small-8b", "large-70b")
    ]
    assert [row[1:] for row in pages[0].table("Label").rows] == [
        ["testers", "8.5 GB", "—"],
        ["testers/Small-8B-GGUF", "4.9 GB", "2026-08"],
        ["testers", "9.0 GB", "—"],
    ]
    assert "Published files" not in pages[1].text
