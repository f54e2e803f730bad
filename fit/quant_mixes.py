"""Which type each tensor gets under a mix such as Q4_K_M, and the bytes that makes.

Read off llama.cpp's quantizer (commit 0c1e57098, October 2026). Bytes are as stored: rows x (row length / block x bytes
per block), each tensor padded to 32 bytes.
"""

from collections.abc import Callable

from fit.architecture import Architecture, Experts
from fit.mixers import GroupedQueryAttention, LatentAttention
from fit.tensor import Role, Tensor
from fit.tensors import draft_layers, has_output_matrix

ALIGNMENT_BYTES = 32

# Elements in a block, bytes of a block.
BLOCKS: dict[str, tuple[int, int]] = {
    "F32": (1, 4),
    "F16": (1, 2),
    "Q4_0": (32, 18),
    "Q4_1": (32, 20),
    "Q5_0": (32, 22),
    "Q5_1": (32, 24),
    "Q8_0": (32, 34),
    "IQ4_NL": (32, 18),
    "MXFP4": (32, 17),
    "Q2_K": (256, 84),
    "Q3_K": (256, 110),
    "Q4_K": (256, 144),
    "Q5_K": (256, 176),
    "Q6_K": (256, 210),
    "IQ4_XS": (256, 136),
}

# The type of a mix for every tensor that no rule below names.
BASE_TYPES = {
    "F16": "F16",
    "Q8_0": "Q8_0",
    "Q6_K": "Q6_K",
    "Q5_K_M": "Q5_K",
    "Q4_K_M": "Q4_K",
    "Q3_K_M": "Q3_K",
    "Q2_K": "Q2_K",
    "IQ4_XS": "IQ4_XS",
}

# What a type gives way to where the row length is no multiple of its block.
FALLBACKS = {
    "Q2_K": "Q4_0",
    "Q3_K": "Q4_0",
    "Q4_K": "Q5_0",
    "Q5_K": "Q5_1",
    "Q6_K": "Q8_0",
    "IQ4_XS": "IQ4_NL",
}

# Bytes per parameter of a whole file, the median over models above 5B: for weights whose shape is not known.
AVERAGE_BYTES_PER_PARAMETER = {
    "F16": 2.000,
    "Q8_0": 1.063,
    "Q6_K": 0.820,
    "Q5_K_M": 0.711,
    "Q4_K_M": 0.608,
    "IQ4_XS": 0.546,
    "Q3_K_M": 0.489,
    "Q2_K": 0.379,
}


class UnknownMixError(ValueError):
    """No rules are known for a mix of this name."""


def stored_bytes(tensor: Tensor, type_name: str) -> int:
    """Bytes that a tensor takes in a file or a buffer, padding included."""
    block, block_bytes = BLOCKS[type_name]
    data = tensor.rows * (tensor.row_length // block) * block_bytes
    return -(-data // ALIGNMENT_BYTES) * ALIGNMENT_BYTES


def more_bits(index: int, count: int) -> bool:
    """Whether a K mix spends more bits on a tensor: in the first and last eighth, and on every third between."""
    eighth = count // 8
    return index < eighth or index >= 7 * count // 8 or (index - eighth) % 3 == 2


# Roles whose type depends on the layer; all others have one type throughout.
VARYING_ROLES = frozenset({Role.ATTENTION_V, Role.FFN_DOWN, Role.EXPERTS_DOWN})


class TypeChooser:
    """Goes through the tensors of one model in order, counting as llama.cpp's quantizer does.

    Made for one architecture and one mix, a key of BASE_TYPES; raises UnknownMixError. `mxfp4_experts` overrides what
    the architecture says of experts that stay at MXFP4.
    """

    def __init__(self, architecture: Architecture, mix: str, *, mxfp4_experts: bool | None = None) -> None:
        if mix not in BASE_TYPES:
            raise UnknownMixError(f"No rules are known for the mix {mix}: only for {', '.join(BASE_TYPES)}.")
        self.architecture, self.mix, self.base = architecture, mix, BASE_TYPES[mix]
        self.mxfp4_experts = architecture.gguf.mxfp4_experts if mxfp4_experts is None else mxfp4_experts
        self.layer_count = sum(group.n for group in architecture.blocks) + len(draft_layers(architecture))
        experts = [group.ffn.experts for group in architecture.blocks if isinstance(group.ffn, Experts)]
        self.has_experts, self.eight_experts = bool(experts), 8 in experts
        self.queries_per_key = _queries_per_key(architecture)
        self.values_seen = self.downs_seen = 0

    def type_of(self, tensor: Tensor, layer: int | None = None) -> str:
        """The type of the next tensor, which stands in `layer` of the stack."""
        if tensor.role is Role.SMALL:
            return "F32"
        if self.mix == "F16":
            return "F16"
        if self.mxfp4_experts and tensor.role in (Role.EXPERTS, Role.EXPERTS_DOWN):
            return "MXFP4"
        return self._that_divides(self._wanted(tensor, layer), tensor)

    def _wanted(self, tensor: Tensor, layer: int | None) -> str:
        if tensor.role in (Role.OUTPUT, Role.TOKEN_EMBEDDING):
            return self._of_output(tensor)
        if tensor.role is Role.ATTENTION_V:
            self.values_seen += 1
            return self._of_value(self.values_seen - 1)
        if tensor.role is Role.ATTENTION_K:
            return "Q8_0" if self.eight_experts else self.base
        if tensor.role is Role.ATTENTION_OUTPUT:
            return self._of_attention_output()
        if tensor.role in (Role.FFN_DOWN, Role.EXPERTS_DOWN):
            self.downs_seen += 1
            return self._of_down(layer if self.has_experts and layer is not None else self.downs_seen - 1)
        return self.base

    def _of_output(self, tensor: Tensor) -> str:
        is_head = tensor.role is Role.OUTPUT or not has_output_matrix(self.architecture)
        if not is_head or self.mix == "Q8_0":
            return self.base
        whole_blocks = tensor.row_length % BLOCKS[self.base][0] == 0
        return "Q6_K" if whole_blocks and not self.architecture.gguf.q8_head_mix else "Q8_0"

    def _of_value(self, index: int) -> str:
        if self.eight_experts and self.base != "Q8_0":
            return "Q8_0"
        chosen = self.base
        if self.mix == "Q2_K":
            chosen = "Q4_K" if self.queries_per_key >= 4 else "Q3_K"
        elif self.mix == "Q3_K_M":
            chosen = "Q5_K" if index < 2 else "Q4_K"
        elif self.mix in ("Q4_K_M", "Q5_K_M") and more_bits(index, self.layer_count):
            chosen = "Q6_K"
        elif self.mix == "IQ4_XS" and self.queries_per_key >= 4:
            chosen = "Q5_K"
        lifted = self.architecture.gguf.mix_70b_class and chosen in ("Q3_K", "Q4_K")
        return "Q5_K" if lifted else chosen

    def _of_attention_output(self) -> str:
        if self.architecture.gguf.q8_head_mix:
            return self.base
        if self.eight_experts and self.mix in ("Q2_K", "Q3_K_M", "Q4_K_M", "IQ4_XS"):
            return "Q5_K"
        return {"Q2_K": "Q3_K", "Q3_K_M": "Q4_K"}.get(self.mix, self.base)

    def _of_down(self, index: int) -> str:
        count, more = self.layer_count, more_bits(index, self.layer_count)
        if self.architecture.gguf.q8_head_mix:
            return self._of_down_with_q8_head(index, more)
        rules: dict[str, Callable[[], str]] = {
            "Q2_K": lambda: "Q3_K",
            "Q3_K_M": lambda: "Q5_K" if index < count // 16 else "Q4_K",
            "Q4_K_M": lambda: "Q6_K" if more else "Q4_K",
            "Q5_K_M": lambda: "Q6_K" if more else "Q5_K",
            "IQ4_XS": lambda: "Q5_K" if index < count // 8 else "IQ4_XS",
        }
        return rules[self.mix]() if self.mix in rules else self.base

    def _of_down_with_q8_head(self, index: int, more: bool) -> str:
        early = index < self.layer_count // 16
        rules = {
            "Q2_K": "Q3_K",
            "Q3_K_M": "Q5_K" if early else "Q4_K" if more else "Q3_K",
            "Q4_K_M": "Q6_K" if early else "Q5_K" if more else "Q4_K",
            "Q5_K_M": "Q6_K" if more else "Q5_K",
            "IQ4_XS": "Q5_K" if index < self.layer_count // 8 else "IQ4_XS",
        }
        return rules.get(self.mix, self.base)

    def _that_divides(self, chosen: str, tensor: Tensor) -> str:
        if tensor.row_length % BLOCKS[chosen][0] == 0:
            return chosen
        fallback = FALLBACKS.get(chosen, "F16")
        return fallback if tensor.row_length % BLOCKS[fallback][0] == 0 else "F16"


def _queries_per_key(architecture: Architecture) -> int:
    """Heads for each KV head; latent attention counts one KV head."""
    for group in architecture.blocks:
        for mixer in group.mixers:
            if isinstance(mixer, GroupedQueryAttention):
                return mixer.heads // mixer.kv_heads
            if isinstance(mixer, LatentAttention):
                return mixer.heads
    return 1
