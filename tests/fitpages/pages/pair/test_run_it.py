""" "Run it": the commands with what they load."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from fitpages.matching.pairs import Pair
from fitpages.pages.pair.assessed import assessed_pair
from fitpages.pages.pair.command import llama_cpp
from fitpages.pages.pair.run_it import FileRow, Run, run
from tests.fitpages.matching.test_repositories import place
from tests.fitpages.pages.pair.kinds import PAIRS, YES, assessed, catalog


def of(name: str) -> Run:
    shown = run(assessed(name))
    assert shown
    return shown


@pytest.mark.parametrize("name", PAIRS)
def test_it_is_there_where_there_is_a_command_and_headed_by_the_answer(name: str) -> None:
    shown, first = run(assessed(name)), llama_cpp(assessed(name))
    assert (shown is None) is (first is None)
    if shown and first:
        assert shown.heading == ("Run it" if name in YES else "If you want to try")
        assert "".join(shown.programs[0].command) == first.command
        assert shown.programs[0].note == first.note


def test_other_programs_stand_behind_where_the_catalog_knows_a_name() -> None:
    assert [program.key for program in of("layers in RAM").programs] == ["llama-cpp", "ollama", "lm-studio"]
    assert [program.key for program in of("on the card").programs] == ["llama-cpp"]
    assert "num_ctx 8192" in of("layers in RAM").programs[1].note
    assert "--gpu max" not in "".join(of("layers in RAM").programs[2].command), "a part lies in RAM"


def test_the_file_says_what_is_downloaded_and_where_its_weights_lie() -> None:
    assert of("layers in RAM").file == (
        FileRow("Download", "4.9 GB, testers/Small-8B-GGUF", "https://huggingface.co/testers/Small-8B-GGUF"),
        FileRow("Level", "Q4_K_M"),
        FileRow("On the card", "3.3 GiB"),
        FileRow("In RAM", "2.4 GiB"),
    )
    assert of("on the card").file == (
        FileRow("Download", "about 6.6 GB"),
        FileRow("Level", "Q6_K"),
        FileRow("Weights", "5.7 GiB in memory"),
    )


def test_a_repository_with_files_is_named_beside_the_computed_size() -> None:
    places = MappingProxyType({"small-8b": (place("bartowski/Small-8B-GGUF", "gguf", "bartowski", "Q6_K"),)})
    shown = run(assessed("on the card", replace(catalog(), repositories_of=places)))
    assert shown
    assert shown.file[0] == FileRow(
        "Download", "about 6.6 GB, bartowski/Small-8B-GGUF", "https://huggingface.co/bartowski/Small-8B-GGUF"
    )


def test_a_projector_is_said_not_to_be_counted() -> None:
    asked, snapshot = assessed("on the card"), catalog()
    seeing = replace(asked.model, tower_parameters=400_000_000)
    shown = run(assessed_pair(snapshot, Pair(seeing, asked.gpu)))
    assert shown
    assert shown.file[-1] == FileRow("Pictures", "not counted: a projector is a file of its own")
    assert "Pictures" not in {row.name for row in of("on the card").file}
