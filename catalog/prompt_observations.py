"""Published measurements of prompts as the estimate sees them: how many tokens, after how many others, how fast."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from catalog.models import Benchmark
from catalog.observations import accounting_of, flags_of, runtime_key
from catalog.published import PublishedGpu, PublishedModel
from catalog.published_measurements import MeasuredSpeed
from catalog.snapshot import Snapshot
from fit.prompt import prompt_work, stack_work
from fit.prompt_observation import PromptObservation
from fit.workload import MICRO_BATCH_TOKENS

# llama-bench's names: pp2048, pp2048 @ d16384 after so many others, pp2048 -ub 2048 in larger micro-batches.
TEST = re.compile(r"pp(\d+)(?: @ d(\d+))?(?:.*-ub (\d+))?")
# Backends by what their names begin with; llamafile's say so in brackets.
BACKENDS = ("CUDA", "Metal", "ROCm", "SYCL", "Vulkan or ROCm", "Vulkan")


class Test(NamedTuple):
    """What was run: tokens, tokens in the cache before, tokens computed together."""

    prompt: int
    depth: int
    micro_batch: int


def prompt_observations(snapshot: Snapshot, benchmarks: Iterable[MeasuredSpeed]) -> Iterator[PromptObservation]:
    """Those of the benchmarks that say how fast a prompt was, of a card and a model that can be estimated."""
    for benchmark in benchmarks:
        gpu, model = snapshot.gpus.get(benchmark.gpu), snapshot.models.get(benchmark.model)
        if gpu and model and gpu.spec.compute_tflops and _is_told(benchmark, model):
            yield _observation(benchmark, gpu, model)


def _is_told(benchmark: MeasuredSpeed, model: PublishedModel) -> bool:
    is_ours = runtime_key(benchmark.runtime, benchmark.backend)
    return bool(benchmark.prefill_tokens_s and prompt_test(benchmark) and is_ours and model.spec.architecture)


def prompt_test(benchmark: MeasuredSpeed) -> Test | None:
    """By the name of the test; where it has none that says it, by the length of the prompt."""
    named = TEST.match(benchmark.prefill_test)
    if named:
        prompt, depth, micro_batch = (int(figure or 0) for figure in named.groups())
        return Test(prompt, depth, micro_batch or MICRO_BATCH_TOKENS)
    return Test(benchmark.prefill_tokens, 0, MICRO_BATCH_TOKENS) if benchmark.prefill_tokens else None


def _observation(benchmark: MeasuredSpeed, gpu: PublishedGpu, model: PublishedModel) -> PromptObservation:
    architecture, test = model.spec.architecture, prompt_test(benchmark)
    assert architecture
    assert test
    flags = flags_of(benchmark.offload)
    stack, backend = stack_work(architecture), backend_key(benchmark.backend)
    return PromptObservation(
        slug=benchmark.slug,
        label=f"{gpu.name}, {benchmark.model_label} {benchmark.quant_label}, {benchmark.prefill_test}",
        card=benchmark.gpu,
        model=benchmark.model,
        gpu=gpu.spec,
        architecture=architecture,
        work=prompt_work(stack, test.prompt, depth=test.depth, micro_batch=test.micro_batch),
        depth=test.depth,
        micro_batch=test.micro_batch,
        accounting=accounting_of(benchmark, model) if flags else None,
        flags=flags,
        runtime=runtime_key(benchmark.runtime, benchmark.backend),
        backend=backend,
        cards=benchmark.gpu_count,
        offload=benchmark.offload,
        is_old_build=benchmark.build == Benchmark.Build.OLD,
        for_calibration=benchmark.for_calibration,
        by_units=not (backend == "Vulkan" and benchmark.quant_label == "BF16"),
        tokens_s=float(benchmark.prefill_tokens_s or 0),
    )


def backend_key(backend: str) -> str:
    """The backend without what is said of it besides: its driver, the program."""
    return next((name for name in BACKENDS if backend.startswith(name)), backend)
