"""One address of every kind of page. Whatever holds for all pages is tested on these."""

from typing import NamedTuple


class Example(NamedTuple):
    """An address and how it answers."""

    address: str
    status: int = 200


MISSING = Example("/run/qwen2-5-72b-on-l400/", status=404)
EXAMPLES = (
    Example("/"),
    Example("/run/"),
    Example("/run/?vendor=NVIDIA&memory=24&page=2"),
    Example("/run/?model=qwen+3+32b&gpu=nope&speed=10"),
    Example("/run/qwen2-5-72b-on-l4/"),
    Example("/run/llama-3-1-8b-on-rtx-4090/"),
    Example("/run/gpt-oss-120b-on-rtx-4090/"),
    Example("/run/llama-3-3-70b-on-rtx-4090/"),
    Example("/run/deepseek-r1-on-m3-max-128/"),
    Example("/models/"),
    Example("/models/qwen2-5-72b/"),
    Example("/models/qwen3-32b/?context=32768&speed=30&kind=mac&runs=all&colour=red"),
    Example("/gpus/"),
    Example("/gpus/rtx-4090/"),
    Example("/gpus/rtx-3060-12/?ram=64&kind=ddr4&runs=ram&use=code"),
    Example("/gpus/cpu-ddr5-32/"),
    Example("/gpus/jetson-nano/"),
    Example("/calculator/"),
    Example("/calculator/?model=qwen2-5-72b&gpu=l4&cards=2"),
    Example("/calculator/?parameters=abc&memory=-1&cards=0"),
    Example("/search/?q=qwen+72b+l4"),
    Example("/search/?q=coding+12gb"),
    Example("/search/?q=zzzz"),
    Example("/guides/quantization/"),
    Example("/guides/running-models-locally/"),
    Example("/methodology/"),
    Example("/accuracy/"),
    Example("/accuracy/amd-rdna/"),
    Example("/changes/"),
    Example("/changes/?of=qwen2-5-72b-on-l4"),
    Example("/about/"),
    MISSING,
)
# The longest figures of the catalog, in the narrowest places.
LONG_FIGURES = (Example("/models/kimi-k2-6/"), Example("/run/qwen2-5-0-5b-on-l4/"))


def name(example: Example) -> str:
    """What a test of this page is called."""
    return example.address
