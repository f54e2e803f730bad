"""What is a machine's own, of generation and of prompts alike."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Machine:
    """A card that was measured: its speed over that of its class, drawn towards 1 the fewer `models` it rests on."""

    factor: float
    models: int


NOT_MEASURED = Machine(factor=1, models=0)
