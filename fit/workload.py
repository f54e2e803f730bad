"""How a server is run: what the cache and the buffers of a model depend on besides the context."""

from dataclasses import dataclass, field
from typing import NamedTuple

from fit.units import MIB

# llama.cpp's defaults (common/common.h).
BATCH_TOKENS = 2048
MICRO_BATCH_TOKENS = 512
# Tokens that a draft proposes at a time, where nobody says.
DRAFTED_TOKENS = 2
# A projector is published at 16 bits.
PROJECTOR_BYTES_PER_PARAMETER = 2
# Its compute buffer for a picture of 1,472 x 1,472 (llama.cpp, pull request 22673). It grows with the picture: 121 MiB
# for 896 x 896 (pull request 22790).
PROJECTOR_COMPUTE_BYTES = 223 * MIB


class Projector(NamedTuple):
    """A projector for pictures that is loaded (--mmproj): bytes of its file and of its compute buffer."""

    file_bytes: int
    compute_bytes: int = PROJECTOR_COMPUTE_BYTES

    @classmethod
    def of_parameters(cls, parameters: int) -> "Projector":
        """One of so many parameters; a file is up to 1.5% larger where single tensors have 32 bits."""
        return cls(PROJECTOR_BYTES_PER_PARAMETER * parameters)


@dataclass(frozen=True, kw_only=True, slots=True)
class Workload:
    """The settings of llama.cpp's server that change what it allocates; its flag stands beside each.

    `slots`: requests served at once (-np), each with a recurrent state of its own. `unified`: they share the cells of
    one cache (-kvu), else each has its part of the context. `batch_tokens`: tokens of a prompt that are taken together
    (-b); `micro_batch_tokens`: those of them that are computed together (-ub). `flash_attention`: -fa. `whole_window`:
    layers with a window keep every cell (--swa-full). `cache_in_ram`: cache and attention over it stay out of VRAM
    (--no-kv-offload). `op_offload`: prompts are computed on the card even where weights lie in RAM; not so with
    --no-op-offload. `drafted_tokens`: tokens that the draft layers of the file propose at a time
    (--spec-type draft-mtp --spec-draft-n-max), for each of which a recurrent state is kept once more; with 0 they are
    not loaded. `projector`: what is loaded for pictures, if anything.
    """

    slots: int = 1
    unified: bool = True
    batch_tokens: int = BATCH_TOKENS
    micro_batch_tokens: int = MICRO_BATCH_TOKENS
    flash_attention: bool = True
    whole_window: bool = False
    cache_in_ram: bool = False
    op_offload: bool = True
    drafted_tokens: int = 0
    projector: Projector | None = None

    streams: int = field(init=False)
    states: int = field(init=False)
    computed_tokens: int = field(init=False)
    loads_more: bool = field(init=False)

    def __post_init__(self) -> None:
        """`streams`: parts of equal size that the context is divided into, one for each slot that has its own;
        `states`: recurrent states that are kept; `computed_tokens`: tokens computed together, never more than a batch
        (src/llama-context.cpp); `loads_more`: whether more than the model is loaded."""
        object.__setattr__(self, "streams", 1 if self.unified else self.slots)
        object.__setattr__(self, "states", self.slots * (1 + self.drafted_tokens))
        object.__setattr__(self, "computed_tokens", min(self.batch_tokens, self.micro_batch_tokens))
        object.__setattr__(self, "loads_more", bool(self.drafted_tokens or self.projector))


ONE_SLOT = Workload()
# What the server does where no flag says how many slots: "n_parallel is set to auto, using n_parallel = 4 and
# kv_unified = true" (tools/server/server.cpp). With -np and no -kvu each slot has its part of the context instead.
SERVER_DEFAULT = Workload(slots=4)
