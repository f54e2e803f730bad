"""The editors' desk."""

from catalog.admin import artifacts, gpus, language_models, quants

__all__ = ["artifacts", "gpus", "language_models", "quants"]
