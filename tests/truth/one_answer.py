"""`python -m tests.truth.one_answer`: whether every surface of the site says the same of a pair.

Read off the HTML are: a pair's headline, title, description, uses and questions, the rows of the hubs of its model and
its machine, search, the calculator, and whatever other pages, guides and lists say where they name the pair. 30 popular
models on 30 common machines, listed here, and 1,500 pairs of a model and a machine drawn from all.
"""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tests.processes import ROOT
from tests.truth.site_says import Pair, Site, elsewhere, faults_of_page, headline_of, surfaces

MODELS = (
    *("qwen3-8-27b", "qwen3-0-6b", "qwen3-6-35b-a3b", "gemma-4-26b-a4b", "qwen3-vl-8b", "qwen3-8b", "gemma-4-31b"),
    *("qwen2-5-7b", "qwen3-5-9b", "qwen3-6-27b", "qwen3-5-4b", "llama-3-2-1b", "qwen3-4b", "gpt-oss-20b", "qwen3-14b"),
    *("llama-3-1-8b", "glm-5-3-flash-321b-a18b", "qwen3-32b", "gemma-4-e4b", "gpt-oss-120b", "llama-3-1-70b"),
    *("deepseek-r1-distill-qwen-32b", "deepseek-r1-distill-qwen-14b", "gemma-3-27b", "gemma-3-12b", "mistral-7b"),
    *("phi-4-14b", "qwen3-coder-30b-a3b", "deepseek-v3-2", "qwen2-5-72b"),
)
MACHINES = (
    *("rtx-3050-8", "rtx-3060-12", "rtx-3070", "rtx-3080-10", "rtx-3090", "rtx-4060", "rtx-4060-ti-16", "rtx-4070"),
    *("rtx-4070-ti-super", "rtx-4080", "rtx-4090", "rtx-5060-ti-16", "rtx-5070", "rtx-5080", "rtx-5090"),
    *("rtx-4060-laptop", "rtx-4090-laptop", "gtx-1080-ti", "rx-6700-xt", "rx-7900-xtx", "arc-b580", "l4", "a100-80"),
    *("h100-80-sxm", "m1-16", "m3-pro-36", "m4-max-128", "m3-ultra-512", "ryzen-ai-max-plus-395-128", "dgx-spark"),
)
RANDOM_MODELS, RANDOM_MACHINES, SEED = 50, 30, 20261128
GUIDES = ("/guides/running-models-locally/", "/guides/quantization/", "/")


class Checked(NamedTuple):
    """What was compared: the kind of each pair, how many texts were read of each surface, and what disagrees."""

    kinds: Counter[str]
    texts: Counter[str]
    faults: list[str]


def check(site: Site, pairs: Iterable[Pair]) -> Checked:
    """Compare every surface with the headline of the pair's own page."""
    checked = Checked(Counter(), Counter(), [])
    for pair in pairs:
        (_, headline), *others = surfaces(site, pair)
        checked.kinds[headline.kind] += 1
        checked.texts["headline"] += 1
        for name, said in others:
            checked.texts[name] += 1
            if not said.agrees(headline):
                checked.faults.append(f"{pair.address}: the {name} says {said}, the headline {headline}")
        checked.faults.extend(f"{pair.address}: {fault}" for fault in faults_of_page(site.html(pair.address)))
    return checked


def check_elsewhere(site: Site, addresses: Iterable[str]) -> Checked:
    """Compare what pages say of pairs that they name with the headlines of these pairs."""
    checked = Checked(Counter(), Counter(), [])
    for address, pair, said in elsewhere(site, addresses):
        headline = headline_of(site.html(pair))
        checked.texts["where others name the pair"] += 1
        if not said.agrees(headline):
            checked.faults.append(f"{pair}: {address} says {said}, the headline {headline}")
    return checked


def popular_pairs(step: int = 1) -> list[Pair]:
    """Every model of MODELS on every machine of MACHINES; or every so many of both."""
    return [_pair(model, gpu) for model in MODELS[::step] for gpu in MACHINES[::step]]


def random_pairs(step: int = 1) -> list[Pair]:
    """The same ones every time; or every so many models and machines of them."""
    from catalog.snapshot import current

    chosen = random.Random(SEED)
    models = chosen.sample(sorted(current().models), RANDOM_MODELS)
    gpus = chosen.sample(sorted(current().gpus), RANDOM_MACHINES)
    return [_pair(model, gpu) for model in models[::step] for gpu in gpus[::step]]


def _pair(model: str, gpu: str) -> Pair:
    from catalog.snapshot import current

    snapshot = current()
    return Pair(model, gpu, f"{snapshot.models[model].name} {snapshot.gpus[gpu].name}")


def report(name: str, checked: Checked) -> str:
    """What was compared, in lines."""
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in checked.kinds.most_common())
    texts = ", ".join(f"{count:,} {surface}" for surface, count in checked.texts.items())
    faults = "\n".join(checked.faults[:40])
    return f"{name}: {kinds}\n  read: {texts}\n  faults: {len(checked.faults)}\n{faults}".rstrip()


def check_all() -> int:
    """Print the reports; the number of faults."""
    site = Site()
    popular, drawn = popular_pairs(), random_pairs()
    named = [*GUIDES, *(pair.address for pair in popular[::7]), *searches(popular[::9])]
    results = {
        "30 popular models on 30 common machines": check(site, popular),
        "1,500 pairs drawn": check(site, drawn),
        "other pages": check_elsewhere(site, named),
    }
    for name, checked in results.items():
        print(report(name, checked))
    return sum(len(checked.faults) for checked in results.values())


def searches(pairs: Iterable[Pair]) -> list[str]:
    from urllib.parse import urlencode

    return [f"/search/?{urlencode({'q': pair.name})}" for pair in pairs]


def main() -> None:
    """Check a fresh copy of the catalog in a process of its own, and end with 1 where something disagrees."""
    from tests.truth.fresh_catalog import fresh_catalog

    code = "import sys; from tests.truth.one_answer import check_all; sys.exit(check_all() > 0)"
    with fresh_catalog() as environ:
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        sys.exit(subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode)


if __name__ == "__main__":
    main()
