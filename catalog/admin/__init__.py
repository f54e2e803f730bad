"""The editors' desk."""

from catalog.admin import artifacts, benchmarks, gpus, language_models, markets, old_addresses, quants

__all__ = ["artifacts", "benchmarks", "gpus", "language_models", "markets", "old_addresses", "quants"]
