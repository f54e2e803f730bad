"""Two spellings of one name are asked about, two names are not."""

from collections import Counter

import pytest

from catalog.doubts.near_names import misspelt

NAMES = Counter(["Qwen2.5", "Qwen2.5", "Qwen3", "Mistral AI", "Command R", "Mixtral", "EXAONE License", "Yi"])


@pytest.mark.parametrize(
    ("text", "usual"),
    [("Qwen 2.5", "Qwen2.5"), ("qwen2.5", "Qwen2.5"), ("Mistrall AI", "Mistral AI"), ("Mistal AI", "Mistral AI")],
)
def test_spaces_case_and_a_letter_are_no_other_name(text: str, usual: str) -> None:
    (doubt,) = misspelt("family", text, NAMES)
    assert doubt.says.startswith(f"“{text}” is new here; ")
    assert f"“{usual}”" in doubt.says


@pytest.mark.parametrize("text", ["Qwen2.5", "Qwen2", "Qwen3.5", "Command A", "Pixtral", "K-EXAONE License", "Hy", ""])
def test_another_name_is_one(text: str) -> None:
    assert list(misspelt("family", text, NAMES)) == []
