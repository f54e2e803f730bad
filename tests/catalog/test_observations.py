"""Which published measurements the speed estimate can be asked about, and what they were of."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from catalog import observations as module
from catalog.models import Gpu, LanguageModel
from catalog.observations import observation_of, observations, runtime_key
from catalog.snapshot import current
from fit.flags import Flags
from fit.mix_families import USUAL
from fit.needs import account
from fit.observation import Observation
from tests.builders import quant_spec
from tests.catalog.rows import benchmark, change
from tests.fit.architectures import model
from tests.fit.observations import GB, work

UNNAMED: dict[str, Any] = {"gpu": None, "model": None, "quant": None}


ALONE = {**UNNAMED, "bandwidth_gb_s": Decimal(1000), "weights_bytes": 4 * GB}


def of(**overrides: Any) -> Observation | None:
    return observation_of(benchmark(**overrides))


def observed(**overrides: Any) -> Observation:
    observation = of(**overrides)
    assert observation
    return observation


@pytest.mark.django_db
class TestWhich:
    def test_one_that_says_enough_by_itself_needs_neither_card_nor_model(self) -> None:
        observation = observed(**ALONE, speed_class="apple")
        assert (observation.bandwidth_gb_s, observation.speed_class, observation.gpu, observation.card) == (
            1000,
            "apple",
            None,
            "L4 24GB",
        )
        assert observation.work == work(4 * GB)
        assert observation.rule_tokens_s is None

    @pytest.mark.parametrize(
        "missing",
        [
            {"bandwidth_gb_s": None},
            {"weights_bytes": None},
            {"mixture_of_experts": True},
            {"runtime": "vLLM"},
            {"runtime": "MLC LLM"},
        ],
    )
    def test_one_that_says_too_little_is_none(self, missing: dict[str, Any]) -> None:
        assert of(**{**ALONE, **missing}) is None

    def test_of_a_mixture_the_bytes_read_are_what_counts(self) -> None:
        observation = observed(**ALONE, mixture_of_experts=True, active_weights_bytes=GB)
        assert (observation.work.weights_bytes, observation.work.mixture) == (GB, True)

    def test_the_catalogs_card_and_model_come_before_what_the_source_says(self) -> None:
        figures = {"bandwidth_gb_s": Decimal(1), "speed_class": "apple", "weights_bytes": 1}
        observation = observed(**figures, context_tokens=4096)
        assert observation.speed_class == "nvidia-gddr"
        assert (observation.bandwidth_gb_s, observation.card, observation.label) == (
            300,
            "l4",
            "NVIDIA L4, Qwen2.5 72B Q4_K_M",
        )
        assert 45 * GB < observation.work.weights_bytes < 50 * GB
        assert observation.work.cache_bytes == 80 * 4096 * 2 * 1024 * 2
        assert observation.rule_tokens_s == pytest.approx(0.85 * 300 / (72.7 * 0.56), rel=0.01)

    def test_a_file_of_no_plain_mix_is_counted_by_the_nearest_and_its_own_bytes(self) -> None:
        figures: dict[str, Any] = {"quant": None, "weights_bytes": 30 * GB, "context_tokens": 4096}
        named, nearest = (observed(quant_label=label, **figures) for label in ("UD-IQ2_XXS", "IQ2_XXS"))
        assert 29 * GB < named.work.weights_bytes < 30 * GB
        assert nearest.work.weights_bytes < 26 * GB
        assert (named.work.layers, named.work.cache_bytes) == (80, 80 * 4096 * 2 * 1024 * 2)
        assert named.work.mix == nearest.work.mix == USUAL

    def test_a_label_that_names_no_size_is_as_large_as_its_file(self) -> None:
        observation = observed(quant=None, quant_label="AWQ", weights_bytes=25 * GB, context_tokens=4096)
        assert (observation.work.weights_bytes, observation.work.layers, observation.work.mix) == (25 * GB, 80, USUAL)

    def test_the_cache_was_kept_as_the_source_says(self) -> None:
        for keys, values, quantized in (
            ("", "", False),
            ("f16", "bf16", False),
            ("q8_0", "", True),
            ("f16", "q4_0", True),
        ):
            assert observed(cache_keys=keys, cache_values=values).work.quantized_cache is quantized

    @pytest.mark.parametrize(
        ("figures", "pace"),
        [
            ({}, None),
            ({"ram_kind": "DDR4"}, None),
            ({"ram_kind": "DDR4", "ram_channels": 2}, 51.2),
            ({"ram_kind": "DDR5", "ram_channels": 2, "ram_gb_s": Decimal(96)}, 96),
        ],
    )
    def test_ram_has_the_pace_that_is_stated_or_that_of_its_kind(
        self, figures: dict[str, Any], pace: float | None
    ) -> None:
        assert observed(offload="-ngl 78 of 81", **figures).ram_gb_s == pace

    def test_it_knows_which_model_and_how_deep(self) -> None:
        observation, apart = observed(context_tokens=4096), observed(**ALONE, active_parameters=7)
        assert (observation.model, observation.depth, observation.parameters) == ("qwen2-5-72b", 4096, 72_706_203_648)
        assert (apart.model, apart.parameters) == (apart.label.split(", ")[1].removesuffix(" Q4_K_M"), 7)

    def test_of_a_dense_model_the_bytes_read_come_before_the_file(self) -> None:
        assert observed(**ALONE, active_weights_bytes=GB).work.weights_bytes == GB

    def test_full_precision_is_read_as_such_whichever_of_the_two_it_is(self) -> None:
        observation, second = (observed(quant=None, quant_label=label, weights_bytes=1) for label in ("BF16", "F16"))
        assert observation.work == second.work
        assert observation.work.weights_bytes > 100 * GB

    def test_mxfp4_is_a_mix_only_of_a_model_that_was_made_in_it(self) -> None:
        made_in_it = LanguageModel.objects.get(slug="gpt-oss-120b")
        figures: dict[str, Any] = {"quant": None, "quant_label": "MXFP4", "weights_bytes": 25 * GB}
        assert observed(**figures).work.weights_bytes == 25 * GB
        assert 2 * GB < observed(**figures, model=made_in_it).work.weights_bytes < 5 * GB

    def test_only_a_plain_trusted_one_of_today_calibrates(self) -> None:
        assert observed(for_calibration=True, build="2025+").calibrates
        assert not observed(build="2025+").calibrates
        for other in ({"build": "2023-24"}, {"offload": "cpu only"}, {"gpu_count": 2}):
            assert not observed(for_calibration=True, **other).calibrates

    def test_one_row_and_the_picture_say_the_same(self) -> None:
        benchmark(decode_tokens_s=Decimal("5.5"), context_tokens=64).save()
        snapshot = current()
        row = next(observation for observation in snapshot.benchmarks if observation.slug == "test-measurement")
        [of_picture] = observations(snapshot, [row])
        of_row = observed(decode_tokens_s=Decimal("5.5"), context_tokens=64)
        for field in dataclasses.fields(Observation):
            if field.name != "gpu":
                assert getattr(of_row, field.name) == getattr(of_picture, field.name)

    def test_those_without_an_estimate_are_left_out_and_the_rest_keep_their_order(self) -> None:
        snapshot = current()
        slugs = [observation.slug for observation in observations(snapshot, snapshot.benchmarks)]
        assert slugs == sorted(slugs)
        assert 1000 < len(slugs) < len(snapshot.benchmarks)

    def test_the_bandwidth_that_an_editor_gives_a_card_is_what_counts(self) -> None:
        change(Gpu, "l4", bandwidth_gb_s=345)
        assert observed().bandwidth_gb_s == 345

    @pytest.mark.parametrize(
        ("offload", "layers"),
        [
            ("", 0),
            ("partial CPU offload -ngl 78 of 81", 3),
            ("78/81 layers on GPU", 3),
            ("78 of 81 layers on GPU", 3),
            ("-ngl 99 of 81", 0),
        ],
    )
    def test_layers_not_on_the_gpu_are_read_from_ram(self, offload: str, layers: int) -> None:
        observation, architecture = observed(offload=offload), observed().architecture
        accounted = account(model(architecture), quant_spec(mix="Q4_K_M")) if architecture else None
        assert accounted
        in_ram = sum(layer.total for layer in accounted.weights.layers[:layers])
        assert observation.work.ram_layer_bytes == in_ram
        assert observation.says_what_is_in_ram is bool(offload)

    @pytest.mark.parametrize("offload", ["cpu only", "possible spill", "partial CPU offload (layers not stated)"])
    def test_what_does_not_say_how_much_is_in_ram_is_not_known(self, offload: str) -> None:
        observation = observed(offload=offload)
        assert (observation.says_what_is_in_ram, observation.work.ram_bytes) == (False, 0)

    def test_without_tensors_nobody_knows_what_a_layer_is(self) -> None:
        assert not observed(**ALONE, offload="-ngl 20 of 41").says_what_is_in_ram


@pytest.mark.parametrize(
    ("offload", "flags"),
    [
        ("--n-cpu-moe 3 of 8", Flags(None, 3)),
        ("partial CPU offload --n-cpu-moe 8 of 8", Flags(None, 8)),
        ("--n-cpu-moe 0 of 8", Flags(None, 0)),
        ("-ngl 20 of 41 --n-cpu-moe 3 of 8", Flags(20, 3)),
        ("20/41 layers on GPU", Flags(20)),
        ("some", None),
        ("", None),
    ],
)
def test_the_flags_are_those_that_the_source_says(offload: str, flags: Flags | None) -> None:
    assert module.flags_of(offload) == flags


@pytest.mark.parametrize(
    ("backend", "name"),
    [
        ("CUDA", "CUDA"),
        ("CUDA (llamafile)", "CUDA"),
        ("Vulkan RADV", "Vulkan"),
        ("Vulkan or ROCm, the best", ""),
        ("", ""),
    ],
)
def test_a_backend_is_named_without_its_driver_and_where_it_is_not_one_of_two(backend: str, name: str) -> None:
    assert module.backend_of(backend) == name


@pytest.mark.parametrize(
    ("runtime", "backend", "key"),
    [
        ("llama.cpp", "CUDA", "llama.cpp"),
        ("llama.cpp server", "Vulkan", "llama.cpp server"),
        ("ollama", "Metal", "ollama"),
        ("llama.cpp or ollama", "", "ollama"),
        ("llamafile (llama.cpp)", "CUDA (llamafile)", "llamafile"),
        ("llamafile (llama.cpp)", "Metal (llamafile)", "llamafile, Metal"),
        ("vLLM", "CUDA", ""),
        ("exllama", "CUDA", ""),
        ("", "", ""),
    ],
)
def test_programs_that_are_llama_cpp_inside_have_a_key(runtime: str, backend: str, key: str) -> None:
    assert runtime_key(runtime, backend) == key
