"""Passwords that are checked quickly, and counted."""

from typing import Any

import pytest

from tests.config.sign_in.hashers import checks


@pytest.fixture
def counted(settings: Any) -> None:
    """Every check of a password counts."""
    settings.PASSWORD_HASHERS = ["tests.config.sign_in.hashers.CountedHasher"]
    checks()
