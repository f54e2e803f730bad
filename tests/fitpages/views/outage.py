"""A database that cannot be reached."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError


def failing(error: type[DatabaseError]) -> Callable[..., Any]:
    """A function that fails as the driver does."""

    def fail(*_: object) -> Any:
        raise error("the server is away")

    return fail
