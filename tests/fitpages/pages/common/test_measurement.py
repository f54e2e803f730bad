"""How something was measured is said with all that is known of it, and no more."""

import pytest

from catalog.snapshot import PublishedBenchmark
from fitpages.pages.common.measurement import how, source
from fitpages.pages.common.sources import Source
from tests.published import published_benchmark


def benchmark(**facts: object) -> PublishedBenchmark:
    return published_benchmark("a", "small-8b", "rtx-24", "127.5", **facts)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"gpu_count": 2}, "2 cards, tg128, llama.cpp CUDA, 2025-06"),
        ({"offload": "-ngl 40 of 80"}, "-ngl 40 of 80, tg128, llama.cpp CUDA, 2025-06"),
        ({"build": "2023-24"}, "tg128, llama.cpp CUDA, build of 2023 or 2024, 2025-06"),
        ({"for_calibration": False}, "tg128, llama.cpp CUDA, 2025-06, not used by the estimate"),
        ({"cache_keys": "q8_0", "cache_values": "q8_0"}, "tg128, q8_0 cache, llama.cpp CUDA, 2025-06"),
        ({"cache_keys": "q8_0", "cache_values": "q4_0"}, "tg128, q8_0 keys, q4_0 values, llama.cpp CUDA, 2025-06"),
        ({"cache_keys": "q8_0"}, "tg128, q8_0 keys, llama.cpp CUDA, 2025-06"),
        ({"cache_keys": "f16", "cache_values": "f16"}, "tg128, llama.cpp CUDA, 2025-06"),
        ({"power_limit_w": 250}, "tg128, 250 W limit, llama.cpp CUDA, 2025-06"),
        ({"ram_label": "DDR4 dual channel"}, "tg128, llama.cpp CUDA, 2025-06"),
        (
            {"ram_label": "DDR4 dual channel", "offload": "--n-cpu-moe 9 of 40"},
            "--n-cpu-moe 9 of 40, tg128, DDR4 dual channel, llama.cpp CUDA, 2025-06",
        ),
        ({"backend": "", "test": "", "measured_in": ""}, "llama.cpp"),
    ],
    ids=str,
)
def test_how_it_was_measured_leaves_out_what_is_not_known(facts: dict[str, object], words: str) -> None:
    assert how(benchmark(**facts)) == words


def test_a_source_is_where_it_can_be_followed_by_its_first_word_alone() -> None:
    assert source(benchmark(sources=("https://example.org/table row 7", "A log"))) == Source(
        "example.org/table", "https://example.org/table"
    )
    assert source(benchmark(sources=("A printed manual",))) == Source("A printed manual", "")
    assert source(benchmark(sources=())) is None
