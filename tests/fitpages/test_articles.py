"""Every GPU of the catalog has its article."""

from catalog.snapshot import Snapshot
from fitpages.text import wording

# Said aloud: en-vidia, ar-tee-ex, ar-ex, aitch-hundred, vee-hundred, dee-gee-ex.
FIRST_WORDS = {
    "an": "A100 A10M A800 AMD Apple Arc H100 H200 H800 Intel Iris L20 NVIDIA R9 RTX RX",
    "a": (
        "CMP CPU Core DGX GH200 GTX Gaudi Jetson MacBook P100 P102-100 P104-100 P106-100 Quadro Radeon Ryzen "
        "Snapdragon Steam T1000 T400 Tesla Titan UHD V100 V100S"
    ),
}
ARTICLES_OF_FIRST_WORDS = {word: article for article, words in FIRST_WORDS.items() for word in words.split()}


def test_every_published_gpu_has_the_article_of_its_first_word(snapshot: Snapshot) -> None:
    names = [gpu.name for gpu in snapshot.gpus.values()]
    expected = {name: f"{ARTICLES_OF_FIRST_WORDS[name.split()[0]]} {name}" for name in names}
    assert {name: wording.with_article(name) for name in names} == expected
    assert {name.split()[0] for name in names} == set(ARTICLES_OF_FIRST_WORDS)
