"""The editors' desk."""

from catalog.admin import gpus, language_models, quants

__all__ = ["gpus", "language_models", "quants"]
