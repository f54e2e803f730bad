"""What people type into a search box, and the page that they want: written before the search that answers it.

The second list was put aside while the search was made: it shows what the first one's figure is worth.
"""

from typing import NamedTuple


class Query(NamedTuple):
    """Words in a search box, and the address of the page that should come first."""

    words: str
    wanted: str


QUERIES = (
    Query("qwen 3 32b 3090", "/run/qwen3-32b-on-rtx-3090/"),
    Query("llama 3.3 70b 4090", "/run/llama-3-3-70b-on-rtx-4090/"),
    Query("can i run llama 3.3 70b on 4090", "/run/llama-3-3-70b-on-rtx-4090/"),
    Query("gpt oss 120b strix halo", "/run/gpt-oss-120b-on-ryzen-ai-max-plus-395-128/"),
    Query("gpt-oss 20b 16gb", "/run/gpt-oss-20b-on-rtx-5060-ti-16/"),
    Query("deepseek r1 14b", "/models/deepseek-r1-distill-qwen-14b/"),
    Query("phi4", "/models/phi-4-14b/"),
    Query("gemma 3n", "/models/gemma-3n-e2b/"),
    Query("llama 70b", "/models/llama-3-3-70b/"),
    Query("qwen coder", "/models/qwen3-coder-30b-a3b/"),
    Query("macbook air m2 8gb", "/gpus/m2-8/"),
    Query("macbook pro 14 m4", "/gpus/m4-16/"),
    Query("mac mini", "/gpus/m4-16/"),
    Query("mac studio", "/gpus/m4-max-64/"),
    Query("strix halo", "/gpus/ryzen-ai-max-plus-395-128/"),
    Query("dgx spark", "/gpus/dgx-spark/"),
    Query("gb10", "/gpus/dgx-spark/"),
    Query("890m", "/gpus/ryzen-ai-9-hx-370-32/"),
    Query("780m", "/gpus/radeon-780m-32/"),
    Query("no gpu", "/gpus/cpu-ddr5-32/"),
    Query("cpu only 64gb ram", "/gpus/cpu-ddr5-64/"),
    Query("2x 3090", "/gpus/rtx-3090/"),
    Query("4060 laptop", "/gpus/rtx-4060-laptop/"),
    Query("best model for rtx 3060", "/gpus/rtx-3060-12/"),
    Query("which model for 16gb", "/gpus/rtx-5060-ti-16/"),
    Query("what can i run on 24gb vram", "/gpus/rtx-3090/"),
    Query("8gb laptop", "/gpus/rtx-4060-laptop/"),
    Query("coding 12gb", "/gpus/rtx-3060-12/"),
    Query("coding 3060", "/gpus/rtx-3060-12/"),
    Query("best coding model", "/models/?use=code"),
    Query("vision model", "/models/?use=vision"),
    Query("translation", "/models/?use=translation"),
    Query("70b", "/models/llama-3-3-70b/"),
    Query("under $1000", "/gpus/?price=1000"),
    Query("m4 max 128", "/gpus/m4-max-128/"),
    Query("m3 ultra 512gb deepseek", "/run/deepseek-v3-2-on-m3-ultra-512/"),
    Query("3090 vs 4090", "/gpus/rtx-3090/"),
    Query("qwen3 30b a3b", "/models/qwen3-30b-a3b/"),
    Query("mistral small 24b 7900xtx", "/run/mistral-small-3-2-24b-2506-on-rx-7900-xtx/"),
    Query("gemma 27b 3090", "/run/gemma-3-27b-on-rtx-3090/"),
)

PUT_ASIDE = (
    Query("will gpt oss 20b run on my 3060 12gb", "/run/gpt-oss-20b-on-rtx-3060-12/"),
    Query("qwen2.5 coder 32b 4090", "/run/qwen2-5-coder-32b-on-rtx-4090/"),
    Query("rx 6700xt", "/gpus/rx-6700-xt/"),
    Query("3080 10gb llama 3.1 8b", "/run/llama-3-1-8b-on-rtx-3080-10/"),
    Query("local llm for programming 24 gb", "/gpus/rtx-3090/"),
    Query("m1 max 64gb llama 70b", "/run/llama-3-3-70b-on-m1-max-64/"),
    Query("framework desktop 128gb", "/gpus/ryzen-ai-max-plus-395-128/"),
    Query("how much vram for qwen3 14b", "/models/qwen3-14b/"),
    Query("gpu for llama 3.3 70b", "/models/llama-3-3-70b/"),
    Query("tesla p40", "/gpus/tesla-p40/"),
    Query("nvidia spark gpt oss 120", "/run/gpt-oss-120b-on-dgx-spark/"),
    Query("4070 ti super", "/gpus/rtx-4070-ti-super/"),
    Query("steam deck", "/gpus/steam-deck-oled-16/"),
    Query("rtx 4070 laptop qwen3 8b", "/run/qwen3-8b-on-rtx-4070-laptop/"),
    Query("ocr model 8gb", "/gpus/rtx-4060/"),
    Query("reasoning model for 12gb vram", "/gpus/rtx-3060-12/"),
    Query("kimi k2 mac studio 512gb", "/run/kimi-k2-6-on-m3-ultra-512/"),
    Query("mi50 32gb", "/gpus/mi50-32/"),
    Query("radeon 7900 xtx deepseek r1 32b", "/run/deepseek-r1-distill-qwen-32b-on-rx-7900-xtx/"),
    Query("16gb ram no gpu", "/gpus/cpu-ddr5-16/"),
)
