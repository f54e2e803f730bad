"""What Ollama, LM Studio and MLX are told, and which of them a model has a name for."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from catalog.snapshot import PublishedQuant, PublishedRepository, Snapshot
from fit.kv_cache import CacheType
from fit.specs import Shown
from fitpages.pages.pair.programs import Program, programs
from tests.fitpages.matching.test_repositories import place
from tests.published import published_file, published_gpu
from tests.small_catalog import five_gpus, four_models, six_quants, snapshot_of

TAG, TAG_OF_SIX = place("small:8b", "ollama"), place("small:8b-q6_K", "ollama")
MLX = place("mlx-community/Small-8B-4bit", "mlx", "mlx-community", "4bit")
AT_SIX = place("bartowski/Small-8B-GGUF", "gguf", "bartowski", "Q6_K")


def with_places(*places: PublishedRepository, model: str = "small-8b", **overrides: Any) -> Snapshot:
    return snapshot_of(repositories_of=MappingProxyType({model: places}), **overrides)


def told(
    snapshot: Snapshot,
    level: str = "q4-k-m",
    *,
    model: str = "small-8b",
    gpu: str = "rtx-24",
    context: int = 32768,
    all_on_card: bool = True,
    cache_type: CacheType = CacheType.F16,
) -> dict[str, Program]:
    shown = programs(snapshot, snapshot.models[model], snapshot.gpus[gpu], level, context, all_on_card, cache_type)
    assert len({program.key for program in shown}) == len(shown)
    return {program.key: program for program in shown}


def mxfp4() -> PublishedQuant:
    q4 = next(quant for quant in six_quants() if quant.slug == "q4-k-m")
    spec = replace(q4.spec, slug="mxfp4", bytes_per_weight=None, mix="MXFP4_MOE", shown=Shown.FOLDED)
    return replace(q4, spec=spec, slug="mxfp4", name="MXFP4")


def test_programs_take_the_file_that_llama_cpp_takes() -> None:
    shown = told(with_places(TAG, TAG_OF_SIX), context=16384)
    assert list(shown) == ["ollama", "lm-studio"]
    assert shown["ollama"] == Program(
        "ollama",
        "Ollama",
        "ollama run hf.co/testers/Small-8B-GGUF:Q4_K_M",
        "The same file as for llama.cpp. At its prompt type /set parameter num_ctx 16384; it decides itself how many "
        "layers the GPU gets.",
    )
    assert shown["lm-studio"] == Program(
        "lm-studio",
        "LM Studio",
        "lms get https://huggingface.co/testers/Small-8B-GGUF@Q4_K_M\n"
        "lms load --context-length 16384 --parallel 1 --gpu max",
        "The same file as for llama.cpp. Choose it where lms load asks.",
    )


def test_without_a_file_they_take_a_repository_where_the_level_was_seen() -> None:
    shown = told(with_places(TAG, AT_SIX), "q6-k")
    assert shown["ollama"].command == "ollama run hf.co/bartowski/Small-8B-GGUF:Q6_K"
    assert "bartowski/Small-8B-GGUF@Q6_K\n" in shown["lm-studio"].command
    for program in shown.values():
        assert program.note.startswith("The file at Q6_K there; its size may differ. ")


@pytest.mark.parametrize(
    ("level", "places", "command", "file"),
    [
        ("q6-k", (TAG, TAG_OF_SIX), "ollama run small:8b-q6_K", "The library's own file at Q6_K;"),
        ("q4-k-m", (TAG, TAG_OF_SIX), "ollama run small:8b", "The library's own file, usually Q4_K_M;"),
    ],
)
def test_without_either_ollama_takes_a_tag_at_the_level(
    level: str, places: tuple[PublishedRepository, ...], command: str, file: str
) -> None:
    shown = told(with_places(*places, files_of=MappingProxyType({})), level)
    assert list(shown) == ["ollama"]
    assert shown["ollama"].command == command
    assert shown["ollama"].note.startswith(f"{file} its size may differ. ")


def test_a_tag_stands_for_no_level_but_the_default() -> None:
    snapshot = with_places(TAG, files_of=MappingProxyType({}))
    assert told(snapshot, "q5-k-m") == told(snapshot, "q3-k-m") == {}


def test_ollama_takes_no_file_in_parts_which_lm_studio_does() -> None:
    file = published_file(file_name="Small-8B-Q4_K_M-00001-of-00002.gguf")
    files = MappingProxyType({"small-8b": (file,)})
    assert list(told(with_places(files_of=files))) == ["lm-studio"]
    assert told(with_places(TAG, files_of=files))["ollama"].command == "ollama run small:8b"


def test_a_file_of_another_name_than_its_label_is_named_itself() -> None:
    file = published_file(label="MXFP4_MOE", file_name="Small-8B-MXFP4.gguf")
    shown = told(with_places(files_of=MappingProxyType({"small-8b": (file,)})))
    assert shown["ollama"].command == "ollama run hf.co/testers/Small-8B-GGUF:Small-8B-MXFP4.gguf"


def test_the_tag_of_a_model_made_in_four_bits_is_that_level(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_places(TAG, others=(mxfp4(),))
    native = snapshot.quant_of["mxfp4"]
    monkeypatch.setattr("fitpages.pages.pair.programs.default_of", lambda *_: native)
    shown = told(snapshot, "mxfp4")
    assert shown["ollama"].command == "ollama run small:8b"
    assert shown["ollama"].note.startswith("The library's own file at MXFP4;")


def test_with_a_part_in_ram_lm_studio_decides_how_much() -> None:
    load = told(with_places(), all_on_card=False)["lm-studio"]
    assert load.command.endswith("lms load --context-length 32768 --parallel 1")
    assert load.note.endswith(" How much of it the GPU gets LM Studio decides itself.")


def test_a_machine_without_a_gpu_gets_no_words_about_one() -> None:
    gpus = (*five_gpus(), published_gpu("No GPU 64", memory_gb=64, bandwidth_gb_s=80, speed_class="cpu"))
    for program in told(with_places(gpus=gpus), gpu="no-gpu-64").values():
        assert "GPU" not in program.note
        assert "--gpu" not in program.command


def test_of_a_quantized_cache_only_the_server_of_ollama_can_be_told() -> None:
    shown = told(with_places(MLX), gpu="mac-64", cache_type=CacheType.Q8_0)
    assert list(shown) == ["ollama"]
    assert shown["ollama"].note.endswith(" Its server must be started with OLLAMA_KV_CACHE_TYPE=q8_0.")


def test_a_projector_that_was_not_counted_is_named() -> None:
    small = replace(four_models()[0], tower_parameters=400_000_000)
    shown = told(with_places(MLX, models=[small]), gpu="mac-64")
    assert [key for key, program in shown.items() if "projector" in program.note] == ["ollama", "lm-studio"]


def test_mlx_has_its_own_four_bits() -> None:
    shown = told(with_places(MLX), "q6-k", gpu="mac-64")
    assert shown == {
        "mlx": Program(
            "mlx",
            "MLX",
            "mlx_lm.chat --model mlx-community/Small-8B-4bit --max-tokens 32768",
            "MLX's own 4-bit weights, not Q6_K. Its cache grows with the conversation; --max-tokens limits an answer "
            "only.",
        )
    }


@pytest.mark.parametrize(
    ("level", "gpu", "all_on_card", "is_shown"),
    [
        ("q4-k-m", "mac-64", True, True),
        ("q3-k-m", "mac-64", True, False),
        ("q4-k-m", "mac-64", False, False),
        ("q4-k-m", "rtx-24", True, False),
    ],
)
def test_mlx_is_for_macs_that_hold_the_default_level(level: str, gpu: str, all_on_card: bool, is_shown: bool) -> None:
    assert ("mlx" in told(with_places(MLX), level, gpu=gpu, all_on_card=all_on_card)) is is_shown


def test_where_no_name_is_known_there_is_no_program(small: Snapshot) -> None:
    assert told(small, model="large-70b", gpu="mac-64") == {}
