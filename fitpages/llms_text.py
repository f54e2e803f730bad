"""llms.txt: what the site is and where its pages are, in plain text."""

from django.conf import settings

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.pairs import count_pairs


def build(snapshot: Snapshot) -> str:
    """The text; figures in it are the catalog's."""
    site = settings.SITE_URL
    return f"""# {settings.SITE_NAME}

> Whether a GPU runs a language model, at which quantization, with how much context, how fast, and if not, what would. \
{len(snapshot.models)} models, {len(snapshot.gpus)} GPUs, {count_pairs(snapshot):,} pairs. Figures are computed \
from a catalog whose records name their sources. GB is 10^9 bytes, for files and the rule of \
thumb, GiB is 2^30, for what is counted.

Every page and list gives one answer to a pair: on the card (in memory, where that is shared), with RAM, short, not \
in practice, or no; the level that is advised, the context that fits with it, what the two take, and tokens per second \
with so much in the cache.

## Addresses

- {site}{addresses.pair("MODEL", "GPU")}: a pair, such as {site}{addresses.pair("qwen2-5-72b", "l4")}
- {site}{addresses.model("SLUG")}: a model on every GPU
- {site}{addresses.gpu("SLUG")}: a GPU with every model
- {site}{addresses.SEARCH}?q=WORDS: search by name

## Pages

- [All combinations]({site}{addresses.COMBINATIONS})
- [Models]({site}{addresses.MODELS})
- [GPUs]({site}{addresses.GPUS})
- [Calculator]({site}{addresses.CALCULATOR})
- [Quantization]({site}{addresses.QUANTIZATION_GUIDE})
- [Running models locally]({site}{addresses.LOCAL_GUIDE})
- [Methodology]({site}{addresses.METHODOLOGY}): formulas, constants, known errors
- [Accuracy]({site}{addresses.ACCURACY}): estimates against measurements
- [Changes]({site}{addresses.CHANGES}): what changed in the data, from which value to which, with sources; a feed at \
{site}{addresses.CHANGES_FEED}
- [About]({site}{addresses.ABOUT})
"""
