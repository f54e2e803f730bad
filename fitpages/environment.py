"""The template environment of the public pages."""

from typing import Any

from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """Jinja2, strict: a name that a page does not have is an error, not an empty space."""
    return Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})
