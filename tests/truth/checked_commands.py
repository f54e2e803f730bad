"""Commands of many pages counted again, and what is wrong with them: for a process that has a catalog."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot, current
from fit.gpu_memory import nameplate_mib
from fit.offer import offer
from fit.units import MIB
from fitpages.matching.pairs import Pair
from tests.fit.server_command import CommandError
from tests.truth.commands import Commands, Printed, printed

MODELS = MACHINES = 30


class Checked(NamedTuple):
    """A pair with its command counted again: "" where its page prints none. Bytes are those of the fullest card."""

    pair: str
    command: str
    uses_ram: bool
    taken_bytes: int
    left_bytes: int
    fault: str

    @property
    def use(self) -> float:
        """The share of what the machine leaves that it takes."""
        return self.taken_bytes / self.left_bytes if self.left_bytes else 0.0


def popular_models(snapshot: Snapshot) -> list[PublishedModel]:
    """The 30 of which files can be had in the most repositories that the catalog knows; of equals the first by slug."""
    models = sorted(snapshot.models.values(), key=lambda model: model.slug)
    return sorted(models, key=lambda model: -len(snapshot.repositories_of.get(model.slug, ())))[:MODELS]


def common_machines(snapshot: Snapshot) -> list[PublishedGpu]:
    """30 of the common ones, at even steps from the one with the least memory on."""
    common = snapshot.common_gpus
    count = min(MACHINES, len(common))
    return [common[number * len(common) // count] for number in range(count)]


def every_command(
    snapshot: Snapshot, models: Iterable[PublishedModel], machines: Sequence[PublishedGpu]
) -> Iterator[Checked]:
    """Each pair of these with the command of its page."""
    for model in models:
        commands = Commands(snapshot, model)
        for machine in machines:
            pair = Pair(model, machine)
            yield checked(commands, pair, printed(snapshot, pair))


def checked(commands: Commands, pair: Pair, command: Printed | None) -> Checked:
    """A pair with this command, counted again."""
    name, left = f"{pair.model.slug} on {pair.gpu.slug}", offer(pair.gpu.spec).total_bytes
    if command is None:
        return Checked(name, "", False, 0, left, "")
    try:
        counted = commands.counted(command.text)
    except CommandError as error:
        return Checked(name, command.text, False, 0, left, str(error))
    fault = counted.fault(command.effect, left)
    return Checked(name, command.text, counted.uses_ram, counted.card_bytes, left, fault)


def above_their_box(machines: Iterable[PublishedGpu]) -> list[str]:
    """Machines that leave more than their nameplate says, by any of their systems; it is in GiB, whatever it is called.

    No total in the catalog's data says that one does, so none is left out.
    """
    return [
        f"{machine.slug}, {system.name}: it leaves {left:,} bytes of {nameplate_mib(machine.spec) / 1024:g} GiB"
        for machine in machines
        for system in machine.spec.systems
        if (left := offer(machine.spec, system=system).total_bytes) > nameplate_mib(machine.spec) * MIB
    ]


def report(pairs: Sequence[Checked], machine_faults: Sequence[str]) -> str:
    """What was found, as text: how many, the fullest, and each fault on a line."""
    commands = [pair for pair in pairs if pair.command]
    in_ram = sum(pair.uses_ram for pair in commands)
    faults = [f"{pair.pair}: {pair.fault}: {pair.command}" for pair in commands if pair.fault] + [*machine_faults]
    lines = [
        f"{len(pairs):,} pairs, {len(commands):,} commands: {len(commands) - in_ram:,} on the card alone, {in_ram:,} "
        f"with a part in RAM; {len(pairs) - len(commands):,} pairs without one",
        *_fullest(commands),
        f"faults: {len(faults):,}" if faults else "no fault",
    ]
    return "\n".join([*lines, *faults])


def _fullest(commands: Sequence[Checked]) -> Iterator[str]:
    if commands:
        fullest = max(commands, key=lambda pair: pair.use)
        yield (
            f"most of what a machine leaves: {100 * fullest.use:.2f}%, {fullest.pair}, {fullest.taken_bytes:,} of "
            f"{fullest.left_bytes:,} bytes: {fullest.command}"
        )


def check(snapshot: Snapshot, *, everything: bool) -> int:
    """Print the report of some pairs or of every one; the number of faults."""
    models = list(snapshot.models.values()) if everything else popular_models(snapshot)
    machines = list(snapshot.gpus.values()) if everything else common_machines(snapshot)
    pairs, machine_faults = list(every_command(snapshot, models, machines)), above_their_box(machines)
    print(report(pairs, machine_faults))
    return len(machine_faults) + sum(bool(pair.fault) for pair in pairs)


def check_catalog(*, everything: bool) -> None:
    """`check` in a process that has a catalog; ends it with 1 where there is a fault."""
    sys.exit(check(current(), everything=everything) > 0)
