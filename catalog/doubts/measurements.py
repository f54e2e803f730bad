"""A measurement: its speed against what its card can do, and what it says of card and program."""

from collections.abc import Iterator

from catalog.doubts import measured_models
from catalog.doubts.dates import seen_before, seen_too_late
from catalog.doubts.doubt import Doubt, figure, percent_off
from catalog.doubts.near_names import misspelt
from catalog.doubts.others import Others
from catalog.models import Benchmark
from catalog.observations import observation_of
from fit.observation import Observation, bandwidth_tokens_s, cards_at_once, predicted_tokens_s
from fit.ram import pace_gb_s
from fit.units import GB

# Under a sixth, or above two and a half times what is to be expected: slips of the point, and no rare machine.
TOO_SLOW, TOO_FAST = 1 / 6, 2.5
# Reading a prompt is 1.4 to 210 times as fast as generating, in the catalog.
PROMPT_LEAST, PROMPT_MOST = 1, 400
BANDWIDTH_PERCENT = 3
# Of what the card takes: limits go down to two thirds of it, and a little above.
POWER_LEAST, POWER_MOST = 0.4, 1.25


def doubts(row: Benchmark, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a measurement."""
    model = others.whole_model(row.model) if row.model else None
    observation = observation_of(row, model, others.whole_gpu(row.gpu) if row.gpu else None)
    if observation:
        yield from _speed(observation)
    yield from _prompt(row)
    yield from _card(row)
    yield from _ram(row)
    yield from measured_models.doubts(row, others)
    yield from _dates(row)
    for field in ("runtime", "backend"):
        yield from misspelt(field, getattr(row, field), others.names("benchmarks", field, row))


def _speed(observation: Observation) -> Iterator[Doubt]:
    """Against physics and the estimate; nothing where it does not say how much was in RAM."""
    if observation.offload and not observation.says_what_is_in_ram:
        return
    cards, measured = cards_at_once(observation), _speed_words(observation.tokens_s)
    most, expected = cards * bandwidth_tokens_s(observation), predicted_tokens_s(observation)
    if observation.tokens_s > most:
        bandwidth = f"{f'{cards} x ' if cards > 1 else ''}{_speed_words(observation.bandwidth_gb_s)}"
        says = (
            f"{measured} tokens/sec is more than the {_speed_words(most)} that {bandwidth} GB/s allow for "
            f"{_speed_words(observation.work.read_bytes / GB)} GB read a token."
        )
        yield Doubt("faster_than_bandwidth", "decode_tokens_s", says)
    elif observation.tokens_s < TOO_SLOW * expected:
        says = f"{measured} tokens/sec is under a sixth of the {_speed_words(expected)} to expect."
        yield Doubt("far_below_estimate", "decode_tokens_s", says)
    elif observation.tokens_s > TOO_FAST * expected:
        says = f"{measured} tokens/sec is more than 2.5 times the {_speed_words(expected)} to expect."
        yield Doubt("far_above_estimate", "decode_tokens_s", says)


def _speed_words(value: float) -> str:
    """To three digits, or as many as there are before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{float(f'{value:.3g}'):g}"


def _prompt(row: Benchmark) -> Iterator[Doubt]:
    if not (row.prefill_tokens_s and row.decode_tokens_s):
        return
    times = float(row.prefill_tokens_s) / float(row.decode_tokens_s)
    if not PROMPT_LEAST <= times <= PROMPT_MOST:
        yield Doubt(
            "prompt_by_generation",
            "prefill_tokens_s",
            f"The prompt was read at {figure(row.prefill_tokens_s)} tokens/sec, {figure(times)} times the "
            f"{figure(row.decode_tokens_s)} of generating; it is {PROMPT_LEAST} to {PROMPT_MOST} times. Compare both "
            "with the source.",
        )


def _card(row: Benchmark) -> Iterator[Doubt]:
    """Bandwidth, class and power are those of its card, where the catalog has it."""
    if row.gpu is None:
        return
    if row.bandwidth_gb_s and percent_off(row.bandwidth_gb_s, row.gpu.bandwidth_gb_s) > BANDWIDTH_PERCENT:
        yield Doubt(
            "bandwidth_of_card",
            "bandwidth_gb_s",
            f"Bandwidth is {figure(row.bandwidth_gb_s)} GB/s, but the {row.gpu} has {figure(row.gpu.bandwidth_gb_s)}. "
            "Compare the two, each of one card.",
        )
    if row.speed_class and row.gpu.speed_class and row.speed_class != row.gpu.speed_class:
        yield Doubt(
            "class_of_card",
            "speed_class",
            f"The class is {row.speed_class}, but the {row.gpu} is of {row.gpu.speed_class}. Compare the two.",
        )
    if row.power_limit_w and row.gpu.power_w:
        yield from _power(row, row.power_limit_w, row.gpu.power_w)


def _power(row: Benchmark, limit: int, power: int) -> Iterator[Doubt]:
    if not POWER_LEAST <= limit / power <= POWER_MOST:
        yield Doubt(
            "power_limit_of_card",
            "power_limit_w",
            f"The limit is {figure(limit)} W; the {row.gpu} takes {figure(power)} W as it ships. Compare the two.",
        )


def _ram(row: Benchmark) -> Iterator[Doubt]:
    """Its pace on paper by kind and channels; modules of a kind come in several, within a factor of two."""
    usual = pace_gb_s(row.ram_kind, row.ram_channels)
    if row.ram_gb_s and usual and not 1 / 2 <= float(row.ram_gb_s) / usual <= 2:
        yield Doubt(
            "pace_of_ram",
            "ram_gb_s",
            f"RAM is given {figure(row.ram_gb_s)} GB/s; {row.ram_channels} channels of {row.ram_kind} usually have "
            f"{figure(usual)}. Compare kind, channels and bandwidth.",
        )


def _dates(row: Benchmark) -> Iterator[Doubt]:
    yield from seen_too_late("measured_in", row.measured_in)
    for part, what in ((row.gpu, "its card"), (row.model, "its model")):
        if part:
            yield from seen_before("measured_in", row.measured_in, part.release_date, what)
    old = row.measured_in[:4] in ("2023", "2024")
    if row.measured_in and row.build and old != (row.build == Benchmark.Build.OLD):
        yield Doubt(
            "build_of_date",
            "measured_in",
            f"It was measured in {row.measured_in}, but by a program of {row.get_build_display()}. Compare the two.",
        )
