"""Where a page breaks a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.assessed import assessed_pair
from fitpages.pages.pair.command import llama_cpp
from fitpages.pages.pair.command_parts import command_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("llama-server", ("llama-server",)),
        ("llama-server -c 32768 -np 1", ("llama-server ", "-c 32768 ", "-np 1")),
        ("llama-server --no-mmproj -c 8192", ("llama-server ", "--no-mmproj ", "-c 8192")),
        ("llama-server -ts 3,1 -fa on", ("llama-server ", "-ts 3,1 ", "-fa on")),
        ("-hf bartowski/Small-8B-GGUF:Q6_K -np 1", ("-hf bartowski/", "Small-8B-GGUF", ":Q6_K ", "-np 1")),
        ("-m your-file-Q6_K.gguf -c 8192", ("-m your-file-Q6_K.gguf ", "-c 8192")),
        ("ollama run small:8b", ("ollama ", "run ", "small", ":8b")),
        ("ollama run hf.co/a/B-GGUF:Q6_K", ("ollama ", "run ", "hf.co/", "a/", "B-GGUF", ":Q6_K")),
        (
            "lms get https://huggingface.co/a/B-GGUF@Q6_K\nlms load --gpu max",
            (
                "lms ",
                "get ",
                "https://",
                "huggingface.co/",
                "a/",
                "B-GGUF",
                "@Q6_K",
                "\n",
                "lms ",
                "load ",
                "--gpu max",
            ),
        ),
    ],
)
def test_a_command_breaks_between_flags_and_within_names(text: str, parts: tuple[str, ...]) -> None:
    assert command_parts(text) == parts


@given(st.text(alphabet="ab1-/:@. \t\n", max_size=40))
def test_the_parts_are_the_command(text: str) -> None:
    assert "".join(command_parts(text)) == text
    assert all(command_parts(text))


@pytest.mark.parametrize(("model", "gpu"), [("small-8b", "rtx-24"), ("large-70b", "rtx-24"), ("mixture-30b", "rtx-8")])
def test_a_flag_stands_at_the_start_of_a_part_with_its_value(small: Snapshot, model: str, gpu: str) -> None:
    program = llama_cpp(assessed_pair(small, Pair(small.models[model], small.gpus[gpu])))
    assert program
    parts = command_parts(program.command)
    flags = [word for word in program.command.split() if word.startswith("-")]
    assert [part.split()[0] for part in parts if part.startswith("-")] == flags
    assert max(map(len, parts)) < 40
