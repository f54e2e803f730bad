"""A context in a query is a number of thousands with a word for it, or one that no model is called by."""

import pytest

from fitpages.matching.search_lengths import without_context

OF_MODELS = frozenset({"phi", "mini", "4k"})


@pytest.mark.parametrize(
    ("text", "tokens", "left"),
    [
        ("llama at 32k", 32768, "llama"),
        ("llama 32k context", 32768, "llama"),
        ("llama 32k of context 4090", 32768, "llama 4090"),
        ("llama 32k tokens of context", 32768, "llama"),
        ("llama context of 64 k", 65536, "llama"),
        ("llama ctx 8k", 8192, "llama"),
        ("30k prompt m3 max", 30720, "m3 max"),
        ("a 30k-token prompt", 30720, "a"),
        ("100k tokens", 102400, ""),
        ("llama 128k", 131072, "llama"),
        ("phi mini 4k", None, "phi mini 4k"),
        ("phi mini 4k context", 4096, "phi mini"),
        ("llama $2k", None, "llama $2k"),
        ("llama under 2k", None, "llama under 2k"),
        ("llama 1.5k", None, "llama 1.5k"),
        ("llama under 2k or 64k", 65536, "llama under 2k or"),
        ("llama 0k context", None, "llama"),
        ("llama 3k2 k", None, "llama 3k2 k"),
        ("", None, ""),
    ],
)
def test_a_context_is_taken_out(text: str, tokens: int | None, left: str) -> None:
    rest, context = without_context(text, OF_MODELS)
    assert (" ".join(rest.split()), context) == (left, tokens)
