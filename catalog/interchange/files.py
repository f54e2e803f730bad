"""Which file holds which kind of record."""

from pathlib import Path

from catalog.models import CatalogRecord

DATA_DIRECTORY = Path(__file__).parents[1] / "data"
FILE_NAMES = {
    "quant": "quants.jsonl",
    "gpu": "gpus.jsonl",
    "languagemodel": "models.jsonl",
    "artifact": "artifacts.jsonl",
    "repository": "repositories.jsonl",
    "benchmark": "benchmarks.jsonl",
    "popularity": "popularity.jsonl",
    "boardscore": "board_scores.jsonl",
    "price": "prices.jsonl",
    "pick": "picks.jsonl",
}


def file_name(model: type[CatalogRecord]) -> str:
    """The name of the file that holds records of this kind."""
    return FILE_NAMES[model.kind()]
