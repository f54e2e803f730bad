"""Energy of generated tokens, as an upper bound from what a machine may draw and how fast it is."""

TOKENS = 1_000_000
# Watt-seconds in a kilowatt-hour.
JOULES_IN_KWH = 3_600_000


def most_kwh(power_w: float, tokens_s: float) -> float:
    """Kilowatt-hours that a million tokens take at most: watts x (1,000,000 / tokens per second) / 3,600,000.

    `power_w` is the board power of all the cards, or of the system on a chip: the most that it draws, which one stream
    seldom reaches, for it waits for memory. `tokens_s` is the low end of the speed to expect. The rest of the computer
    is not in it, nor is reading the prompt.
    """
    return power_w * TOKENS / tokens_s / JOULES_IN_KWH
