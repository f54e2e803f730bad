from catalog.models.artifact import Artifact
from catalog.models.benchmark import Benchmark
from catalog.models.gpu import Gpu
from catalog.models.language_model import LanguageModel
from catalog.models.quant import Quant
from catalog.models.record import CatalogRecord
from catalog.models.repository import Repository
from catalog.models.retired_slug import RetiredSlug
from catalog.models.revision import CatalogRevision

RECORD_MODELS: tuple[type[CatalogRecord], ...] = (Quant, Gpu, LanguageModel, Artifact, Repository, Benchmark)

__all__ = [
    "RECORD_MODELS",
    "Artifact",
    "Benchmark",
    "CatalogRecord",
    "CatalogRevision",
    "Gpu",
    "LanguageModel",
    "Quant",
    "Repository",
    "RetiredSlug",
]
