"""A small catalog with strengths, takers and prices, for the page of a machine."""

import datetime
from dataclasses import replace

from catalog.snapshot import Snapshot
from tests.published import dense, published_model
from tests.scored import downloads, scores
from tests.small_catalog import five_gpus, four_models, snapshot_of

CODER = published_model(
    "Coder 8B",
    8_200_000_000,
    dense(layers=36, width=4096, heads=32, feed_forward=12288),
    uses=("code", "vision"),
    release_date=datetime.date(2026, 5, 1),
)
# The very same tensors as the small model.
TWIN = replace(four_models()[0], slug="twin-8b", name="Twin 8B", release_date=datetime.date(2025, 1, 1), common=False)


def scored_catalog() -> Snapshot:
    """Six models, five of them scored."""
    models = (*four_models(), CODER, TWIN)
    return snapshot_of(
        models=models,
        gpus=five_gpus(),
        scores_of=scores(small_8b=1200, large_70b=1350, mixture_30b=1300, coder_8b=1250, twin_8b=1190),
        popularity_of=downloads(small_8b=9_000_000, coder_8b=1_000_000, mixture_30b=10_000),
    )
