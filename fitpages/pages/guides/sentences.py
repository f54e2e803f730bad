"""The sentences of the guides that depend on the figures."""

from collections.abc import Mapping

from fitpages.text import figures, wording


def cards_by_rule(enough: int, too_little: str, usable: str) -> str:
    """How many cards hold a model, at least two: they offer `usable`, and one card less offers `too_little`."""
    number, one_less = wording.count(enough), wording.count(enough - 1)
    if enough == 2:
        return f"It takes {number}, with {usable}."
    return f"Of {one_less} such cards {too_little} is usable, still too little; it takes {number}, with {usable}."


def cards_exactly(enough: int, by_rule: int, context: str) -> str:
    """How many cards hold a model by the accounting, beside the two or more that it takes by the rule of thumb."""
    counted, number = f"Counted exactly, layer by layer and with {context} tokens of context", wording.count(enough)
    if enough == by_rule:
        return f"{counted}, it takes {number} as well."
    if enough == 1:
        return f"{counted}, already one holds it."
    if enough < by_rule:
        return f"{counted}, already {number} hold it."
    return f"{counted}, only {number} hold it."


def sizes(parameters: Mapping[str, int]) -> str:
    """How many parameters each model has, by its name; "" where there are no models."""
    if not parameters:
        return ""
    each = [f"{name} has {figures.parameters(count)} parameters" for name, count in parameters.items()]
    return f"{wording.listed(each)}."
