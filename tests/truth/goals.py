"""What every check of the accounting must reach, and why the worst of some is where it is."""

from tests.truth.summary import Goal
from tests.truth.variant_rows import VARIANTS

# The padding of a quantized row and of a tensor, which the accounting leaves out, as a share.
ROW_PADDING, TENSOR_PADDING = 0.001, 0.0005

UNEXPLAINED = {
    "glm-5-3-flash-321b-a18b": "the types of its extra projections are not known: right at F16, 1% low below"
}
CACHE_IN_RAM = {
    "gemma-3n-e2b": "a cache that later layers share is carried to the card twice: four rows of keys and values where "
    "two are counted"
}
LAYERS_IN_RAM = {
    "gemma-3n-e2b": "the projection of its embeddings for each layer stays in RAM, and its streams of hidden states "
    "take less on the card"
}
NAMED = {"no_kv_offload": CACHE_IN_RAM, "no_op_offload": LAYERS_IN_RAM}

# With anything in RAM the buffer hardly depends on -ngl: the less lies on the card besides, the larger its share.
PACKED = (
    "llama.cpp's graph allocator packs the buffer; in some graphs the next layer's keys take room that others left and "
    "are counted too much, in others a matrix lies beside the cache or two matrices at once, and are counted too little"
)
NOT_OFFERED = (
    "no page offers -ngl 0, for the search leaves one layer at least on the card; the buffer is all there is: "
)

GOALS = {
    "weights": Goal(median=0.00001, worst=TENSOR_PADDING),
    "sizes": Goal(median=0.00001, p90=0.0004, worst=0.005, named=UNEXPLAINED),
    "cache f16": Goal(median=0, worst=0),
    "cache q8_0": Goal(median=ROW_PADDING, worst=ROW_PADDING),
    "cache q4_0": Goal(median=ROW_PADDING, worst=ROW_PADDING),
    "cache more": Goal(median=0, worst=ROW_PADDING),
    "state": Goal(median=0, worst=0.002),
    "total": Goal(median=0.0001, worst=0.005),
    "total more": Goal(p90=0.005, worst=0.02),
    **{f"variant {name}": Goal(p90=0.01, worst=0.02, named=NAMED.get(name, {})) for name in VARIANTS},
    "placement weights": Goal(median=0, worst=TENSOR_PADDING),
    "placement cache": Goal(median=0, worst=ROW_PADDING),
    "nothing on the card, VRAM": Goal(p90=0.25, reason=NOT_OFFERED + PACKED),
    "nothing on the card, RAM": Goal(p90=0.03),
    "layers in RAM, VRAM": Goal(p90=0.03, reason=f"the head alone is on the card beside the buffer: {PACKED}"),
    "layers in RAM, RAM": Goal(p90=0.03),
    "experts in RAM, VRAM": Goal(
        p90=0.02,
        reason="of so few and so large experts five rows of hidden states are counted too much, 42 MB at any context",
    ),
    "experts in RAM, RAM": Goal(p90=0.02),
    "cards, VRAM": Goal(p90=0.02),
    "cards, RAM": Goal(p90=0.02),
}
