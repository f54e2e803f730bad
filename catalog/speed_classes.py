"""The classes of cards that speed is calibrated for, as readers know them."""

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
