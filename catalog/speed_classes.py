"""The classes of cards that speed is calibrated for, in words: as readers know them, and as editors choose them."""

from collections.abc import Iterable

CLASSES = {
    "amd-cdna": "AMD Instinct (CDNA)",
    "amd-gcn": "AMD Radeon (GCN)",
    "amd-igpu": "AMD, graphics in the processor",
    "amd-rdna": "AMD Radeon (RDNA)",
    "amd-strix-halo": "AMD Ryzen AI Max (Strix Halo)",
    "apple": "Apple, one die",
    "apple-ultra": "Apple Ultra (two dies)",
    "intel-alchemist": "Intel Arc (Alchemist)",
    "intel-battlemage": "Intel Arc (Battlemage)",
    "intel-igpu": "Intel, graphics in the processor",
    "intel-ponte-vecchio": "Intel Data Center GPU Max (Ponte Vecchio)",
    "nvidia-gb10": "NVIDIA GB10 (DGX Spark)",
    "nvidia-gddr": "NVIDIA, GDDR memory (Turing and later)",
    "nvidia-hbm": "NVIDIA, HBM memory",
    "nvidia-hbm, Pascal": "NVIDIA P100 (Pascal, HBM memory)",
    "nvidia-jetson": "NVIDIA Jetson",
    "nvidia-pascal": "NVIDIA, GDDR memory (Pascal)",
}


def as_address(name: str) -> str:
    """The name of a class as an address has it: "nvidia-hbm, Pascal" is nvidia-hbm-pascal."""
    return name.lower().replace(", ", "-").replace(" ", "-")


def class_name(slug: str) -> str:
    """The class as readers know it; one that has no name here by its slug."""
    return CLASSES.get(slug, slug)


def choices(slugs: Iterable[str]) -> list[tuple[str, str]]:
    """To choose from: each slug, in order of the alphabet, and the same with its words."""
    return [(slug, in_full(slug)) for slug in sorted(slugs, key=str.casefold)]


def in_full(slug: str) -> str:
    """ "nvidia-gb10: NVIDIA GB10 (DGX Spark)"; one that has no name here by its slug alone."""
    return f"{slug}: {CLASSES[slug]}" if slug in CLASSES else slug
