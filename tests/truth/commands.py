"""The command that the page of a pair prints, read back and counted again from what it says and nothing else."""

import re
from dataclasses import replace
from typing import NamedTuple

from catalog.snapshot import PublishedFile, PublishedModel, Snapshot
from fit.allocation import Allocation, allocate
from fit.file_labels import base_mix
from fit.file_size import replaces_computed
from fit.memory import Accounting
from fit.settings import refusal
from fit.workload import Projector, Workload
from fitpages.matching.pairs import Pair
from fitpages.pages.pair import page as pair_page
from fitpages.text import figures
from tests.fit.server_command import CommandError, Told, read

OWN_FILE = re.compile(r"your-file-(.+)\.gguf")


class Counted(NamedTuple):
    """What a command tells the server, what then lies where, and how many tokens the model takes as it is."""

    told: Told
    allocation: Allocation
    native_context: int

    @property
    def card_bytes(self) -> int:
        """Bytes on the fullest card."""
        return max(card.total_bytes for card in self.allocation.cards)

    @property
    def uses_ram(self) -> bool:
        """Whether it leaves layers or experts in RAM."""
        return self.told.flags.gpu_layers is not None or self.told.flags.cpu_moe_layers > 0

    def fault(self, effect: str, left_bytes: int) -> str:
        """What is wrong with it on a machine that leaves so many bytes on each card, by what its page says of it."""
        told = self.told
        if self.card_bytes > left_bytes:
            return f"it takes {self.card_bytes:,} bytes, and {left_bytes:,} are left"
        if told.context > max(self.native_context, told.scaled):
            return f"the model takes {self.native_context:,} tokens without rope scaling"
        if f"with {figures.tokens(told.context)} of context" not in effect:
            return f"its words name another context than {told.context:,} tokens"
        if told.workload.slots != 1:
            return f"it makes {told.workload.slots} slots, and one was counted"
        return ""


class Commands:
    """Commands for one model. What each takes is counted once, for machines share most of them."""

    def __init__(self, snapshot: Snapshot, model: PublishedModel) -> None:
        """The model is taken apart from what its pages keep, so that nothing counted for them is used again."""
        self.files = snapshot.files_of.get(model.slug, ())
        self.quants = snapshot.quant_of
        self.repositories = snapshot.repositories_of.get(model.slug, ())
        self.model = replace(model, spec=replace(model.spec))
        self._counted: dict[str, Counted] = {}

    def counted(self, text: str) -> Counted:
        """A command counted again; raises CommandError where llama.cpp or the catalog knows no such thing."""
        if text not in self._counted:
            self._counted[text] = self._count(read(text))
        return self._counted[text]

    def _count(self, told: Told) -> Counted:
        accounting, workload = self._accounting(told.file), self._workload(told)
        refused = refusal(accounting.architecture, workload, told.cache)
        if refused:
            raise CommandError(refused)
        allocation = allocate(accounting, told.flags, told.context, told.cache, workload)
        return Counted(told, allocation, accounting.native_context)

    def _workload(self, told: Told) -> Workload:
        """What the server runs: from a repository it takes a projector that nobody asked for, too."""
        takes_projector = told.projector or (told.takes_projector and self.model.tower_parameters)
        if not takes_projector:
            return told.workload
        if not self.model.tower_parameters:
            raise CommandError(f"{self.model.slug} has no projector that the catalog knows")
        return replace(told.workload, projector=Projector.of_parameters(self.model.tower_parameters))

    def _accounting(self, name: str) -> Accounting:
        """The accounting of the file of this name: one of the reader's own, by its mix, or a published one."""
        own, file = OWN_FILE.fullmatch(name), self._file(name)
        mix = own[1] if own else self._mix(file) if file else self._seen(name)
        memory = self.model.spec.memory
        accounting = memory.at(mix) if memory and mix else None
        if memory is None or mix is None or accounting is None:
            raise CommandError(f"the catalog knows nothing of {name}")
        if file is None:
            return accounting
        size, computed = file.tensor_bytes, accounting.weights.file_bytes
        return memory.at(mix, size if replaces_computed(size, file.rounding_bytes, computed) else None) or accounting

    def _file(self, name: str) -> PublishedFile | None:
        """The file of "<repository>:<label>" among those of the model."""
        names = {f"{file.repository}:{file.label}": file for file in self.files if file.is_for_llama_cpp}
        return names.get(name)

    def _seen(self, name: str) -> str | None:
        """The mix of "<repository>:<label>", where the catalog saw the label there."""
        repository, _, label = name.partition(":")
        labels = (place.labels for place in self.repositories if place.name == repository)
        return base_mix(label) if any(label.lower() in map(str.lower, seen) for seen in labels) else None

    def _mix(self, file: PublishedFile) -> str | None:
        return self.quants[file.level].spec.mix if file.level else base_mix(file.label)


class Printed(NamedTuple):
    """A command for llama.cpp, and what its page says of it."""

    text: str
    effect: str


def printed(snapshot: Snapshot, pair: Pair) -> Printed | None:
    """The command on the page of a pair, as the page has it; None where it has none."""
    run = pair_page.build(snapshot, pair).run
    return Printed("".join(run.programs[0].command), run.programs[0].note) if run else None
