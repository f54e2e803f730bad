"""What a field is called at the desk."""

from django.db import models


def label(model: type[models.Model], name: str) -> str:
    """The name of a field with its unit: "memory, GB"."""
    column = model._meta.get_field(name)
    return str(getattr(column, "verbose_name", name))
