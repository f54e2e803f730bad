from catalog.models.artifact import Artifact
from catalog.models.benchmark import Benchmark
from catalog.models.board_score import BoardScore
from catalog.models.gpu import Gpu
from catalog.models.language_model import LanguageModel
from catalog.models.pick import Pick
from catalog.models.popularity import Popularity
from catalog.models.price import Price
from catalog.models.quant import Quant
from catalog.models.record import CatalogRecord
from catalog.models.repository import Repository
from catalog.models.retired_slug import RetiredSlug
from catalog.models.revision import CatalogRevision

RECORD_MODELS: tuple[type[CatalogRecord], ...] = (
    *(Quant, Gpu, LanguageModel, Artifact, Repository, Benchmark),
    *(Popularity, BoardScore, Price, Pick),
)

__all__ = [
    "RECORD_MODELS",
    "Artifact",
    "Benchmark",
    "BoardScore",
    "CatalogRecord",
    "CatalogRevision",
    "Gpu",
    "LanguageModel",
    "Pick",
    "Popularity",
    "Price",
    "Quant",
    "Repository",
    "RetiredSlug",
]
