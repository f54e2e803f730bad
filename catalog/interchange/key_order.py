"""The order in which an export writes the keys of an architecture document, whatever order a database keeps.

SQLite keeps a document as it was typed, PostgreSQL by the length of its keys: an export is the same bytes from both.
A key that is not named here, such as the name of a table, comes after those that are, in order of the alphabet.
"""

from typing import Any

DOCUMENT = (
    "vocab_size hidden_size tie_embeddings embed_dim final_norm_params lm_head_bias blocks mtp lookup_tables "
    "unquantized layer_note layer_pattern gguf rows row_length"
)
GROUP = "n mixers ffn norm_params layer_input residual_streams"
MIXER = (
    "heads kv_heads kv_lora_rank qk_nope_head_dim qk_rope_head_dim n_heads head_dim d_inner d_state n_groups k_heads "
    "v_heads k_dim v_dim d_conv conv_bias norm dt_rank inner_norms full_rank_gate full_rank_decay a_log o_groups "
    "window chunked q_bias qkv_bias o_bias k_eq_v sinks v_head_dim q_lora_rank o_lora_rank compress_ratio index_heads "
    "gate qk_norm kv unused_kv indexer index_dim cached_dim shared_layer"
)
FEED_FORWARD = "experts active size bias plain shared shared_gate latent router_bias dense"
FILE_LAYOUT = (
    "arch fused_qkv fused_gate_up draft_layers_in_file mix_70b_class ignores_window latent_expanded "
    "no_flash_attention head_stored_twice q8_head_mix mxfp4_experts head_reads_embedding"
)
KEYS = ("type", *" ".join((DOCUMENT, GROUP, MIXER, FEED_FORWARD, FILE_LAYOUT)).split(), "extra")
PLACES = {key: place for place, key in enumerate(KEYS)}


def in_order(value: Any) -> Any:
    """The same value with the keys of every object in it in their order."""
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value, key=_place)}
    return [in_order(item) for item in value] if isinstance(value, list) else value


def _place(key: str) -> tuple[int, str]:
    return PLACES.get(key, len(PLACES)), key
