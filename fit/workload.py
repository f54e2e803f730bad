"""How a server is run: what the cache and the buffers of a model depend on besides the context."""

from dataclasses import dataclass, field

BATCH_TOKENS = 512


@dataclass(frozen=True, kw_only=True, slots=True)
class Workload:
    """The settings of llama.cpp's server that change what it allocates; its flag stands beside each.

    `slots`: requests served at once (-np), each with a recurrent state of its own. `unified`: they share the cells of
    one cache (-kvu), else each has its part of the context. `batch_tokens`: tokens of a prompt that are computed
    together (-ub). `flash_attention`: -fa. `whole_window`: layers with a window keep every cell (--swa-full).
    `cache_in_ram`: cache and attention over it stay out of VRAM (--no-kv-offload). `op_offload`: prompts are computed
    on the card even where weights lie in RAM; not so with --no-op-offload. `drafted_tokens`: tokens that a draft
    proposes at a time (--spec-draft-n-max), for each of which a recurrent state is kept once more.
    """

    slots: int = 1
    unified: bool = True
    batch_tokens: int = BATCH_TOKENS
    flash_attention: bool = True
    whole_window: bool = False
    cache_in_ram: bool = False
    op_offload: bool = True
    drafted_tokens: int = 0

    streams: int = field(init=False)
    states: int = field(init=False)

    def __post_init__(self) -> None:
        """`streams`: parts of equal size that the context is divided into, one for each slot that has its own;
        `states`: recurrent states that are kept."""
        object.__setattr__(self, "streams", 1 if self.unified else self.slots)
        object.__setattr__(self, "states", self.slots * (1 + self.drafted_tokens))


ONE_SLOT = Workload()
