"""Accountings of small architectures."""

from fit.architecture import Architecture
from fit.memory import Accounting
from fit.needs import account
from tests.builders import quant_spec
from tests.fit.architectures import model


def accounting(of: Architecture, mix: str = "Q4_K_M", **overrides: int) -> Accounting:
    """The accounting of a model of this architecture, native context 32,768 tokens unless told."""
    accounted = account(model(of, **overrides), quant_spec(mix=mix))
    assert accounted is not None
    return accounted
