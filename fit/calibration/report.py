"""The table of agreement, line by line, with what each is to reach; and the same as text.

First what is calibrated on, held out: all of it, by kind of model, by depth, class by class. Then what was not: builds
of 2023 and 2024, other rows of today, several cards, RAM.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from fit.calibration.agreement import Agreement, Goals, Prediction, agreement, compare
from fit.calibration.held_out import SMALL_CLASS
from fit.observation import Observation, predicted_tokens_s
from fit.ram import GB_S, USUAL_ENDS
from fit.several_cards import LAYER_SPLIT, TENSOR_SPLIT
from fit.speed_constants import SpeedConstants

SMALL_MODEL = 2 * 10**9
DEEP, VERY_DEEP = 4096, 32768
MANY_ROWS = 40
OVER_ALL, OF_A_CLASS = (0.78, 0.85), (0.75, 0.92)

Kind = Callable[[Observation], bool]

# What the calibration uses, by kind of model and depth.
USED: dict[str, tuple[Kind, Goals]] = {
    "all of any class": (lambda row: True, Goals(median=0.10, p90=0.28, coverage=OVER_ALL)),
    "dense, without LocalScore": (
        lambda row: not row.work.mixture and "llamafile" not in row.runtime,
        Goals(median=0.08, p90=0.30),
    ),
    "dense, with LocalScore": (lambda row: not row.work.mixture, Goals(median=0.12)),
    "mixture of experts": (lambda row: row.work.mixture, Goals(median=0.14, bias=0.08)),
    "linear attention": (lambda row: row.work.linear_layers > 0, Goals(median=0.14, bias=0.08)),
    "under 2B parameters": (
        lambda row: bool(row.parameters and row.parameters < SMALL_MODEL),
        Goals(median=0.15, bias=0.08),
    ),
    "4K tokens and more in the cache": (lambda row: row.depth >= DEEP, Goals()),
    "32K tokens and more in the cache": (lambda row: row.depth >= VERY_DEEP, Goals()),
    "quantized cache": (lambda row: row.work.quantized_cache, Goals()),
}
OF_MEASURED = "two other models of the card measured"
# What it does not use, or not for classes.
KINDS: dict[str, tuple[Kind, Goals]] = {
    "not used: builds of 2023-24": (lambda row: not row.calibrates and row.is_old_build and row.is_plain, Goals()),
    "not used: builds of today": (lambda row: not row.calibrates and not row.is_old_build and row.is_plain, Goals()),
    "several cards, layer split": (
        lambda row: row.cards > 1 and row.split == LAYER_SPLIT,
        Goals(median=0.08, p90=0.25),
    ),
    "several cards, tensor split": (lambda row: row.cards > 1 and row.split == TENSOR_SPLIT, Goals()),
    "offload, RAM named": (lambda row: row.says_what_is_in_ram and row.ram_gb_s is not None, Goals()),
    "offload, RAM not named": (lambda row: row.says_what_is_in_ram and row.ram_gb_s is None, Goals()),
}
APART = ("several cards, layer split", "several cards, tensor split", "offload, RAM named", "offload, RAM not named")


def table(rows: Sequence[Prediction], constants: SpeedConstants) -> list[Agreement]:
    """Every line of which there are rows."""
    used = [row for row in rows if row.observation.calibrates]
    lines = [
        *(_of_kind(name, used, *USED[name]) for name in USED),
        agreement(OF_MEASURED, _of_measured(used), Goals(median=0.07, p90=0.25)),
        *(_of_class(used, name) for name in constants.classes),
        *(_of_kind(name, rows, *KINDS[name]) for name in KINDS),
    ]
    return [line for line in lines if line]


def _of_kind(name: str, rows: Sequence[Prediction], is_of_kind: Kind, goals: Goals) -> Agreement | None:
    return agreement(name, [row for row in rows if is_of_kind(row.observation)], goals)


def _of_measured(rows: Sequence[Prediction]) -> list[Prediction]:
    return [replace(row, tokens_s=row.after_two) for row in rows if row.after_two is not None]


def _of_class(rows: Sequence[Prediction], name: str) -> Agreement | None:
    own = [row for row in rows if row.observation.class_name == name]
    cards = len({row.observation.card for row in own})
    coverage = OF_A_CLASS if len(own) >= MANY_ROWS else None
    goals = Goals(median=0.15 if cards >= SMALL_CLASS else None, coverage=coverage)
    return agreement(f"class {name}", own, goals)


def report(observations: Sequence[Observation], constants: SpeedConstants) -> str:
    """The table as text; then every row with several cards or with offload."""
    rows = compare(observations, constants)
    heads = (
        ("rows", 6),
        ("cards", 6),
        ("median", 9),
        ("90th", 9),
        ("bias", 9),
        ("in range", 10),
        ("bandwidth", 11),
        ("rule", 8),
    )
    lines = [f"{'decode':40}" + "".join(f"{name:>{width}}" for name, width in heads) + "  goal"]
    lines += [_line(line) for line in table(rows, constants)]
    lines.append(
        "\nHeld out by card, in classes of fewer than five cards by model of a card; not so rows that are not used,"
    )
    lines.append("several cards and offload: what these add was taken from those very rows.")
    for name in APART:
        of_kind = [row for row in rows if KINDS[name][0](row.observation)]
        lines += [f"\n{name}: predicted, measured, error", *map(_row, of_kind)]
        if name == "offload, RAM not named":
            lines.append(_between(of_kind, constants))
    return "\n".join(lines)


def _between(rows: Sequence[Prediction], constants: SpeedConstants) -> str:
    """How many measurements lie between what is said for the two usual ends of RAM, each with its range."""
    between = 0
    for row in rows:
        ends = [predicted_tokens_s(replace(row.observation, ram_gb_s=GB_S[kind]), constants) for kind in USUAL_ENDS]
        low, high = (end / row.tokens_s for end in ends)
        between += row.low * low <= row.observation.tokens_s <= row.high * high
    return f"  {between} of {len(rows)} between the two usual ends of RAM, their ranges counted in"


def _line(line: Agreement) -> str:
    rule = f"{line.rule:8.1%}" if line.rule is not None else f"{'':8}"
    met = {None: "", True: "met", False: "MISSED"}[line.met]
    return (
        f"{line.name:40}{line.rows:6}{line.cards:6}{line.median:9.1%}{line.p90:9.1%}{line.bias:+9.1%}"
        f"{line.coverage:10.1%}{line.bandwidth:11.1%}{rule}  {met}"
    )


def _row(row: Prediction) -> str:
    observation = row.observation
    cards = f"{observation.cards} x " if observation.cards > 1 else ""
    offload = f" ({observation.offload})" if observation.offload else ""
    figures = f"{row.tokens_s:.1f}, {observation.tokens_s:.1f}, {row.error:+.0%}"
    return f"  {cards}{observation.label}{offload}: {figures}"
