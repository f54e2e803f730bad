from django.db import models
from django.db.models import F, Q

from catalog.models.record import CatalogRecord
from catalog.models.validation import (
    fits_16_bits,
    named_constraint,
    notes_text,
    optional,
    other_names,
    positive_constraint,
    positive_decimal,
    positive_integer,
    validate_positive,
    validate_share,
)


class Gpu(CatalogRecord):
    """A graphics card, or a chip with the memory it shares. Figures are of one GPU where a board carries several."""

    class Vendor(models.TextChoices):
        NVIDIA = "NVIDIA", "NVIDIA"
        AMD = "AMD", "AMD"
        INTEL = "Intel", "Intel"
        APPLE = "Apple", "Apple"
        OTHER = "Other", "Other"

    class Segment(models.TextChoices):
        CONSUMER = "consumer", "Consumer card"
        LAPTOP = "laptop", "Laptop GPU"
        WORKSTATION = "workstation", "Workstation card"
        DATACENTER = "datacenter", "Datacenter card"
        APU = "apu", "APU or system on a chip"
        APPLE = "apple", "Apple silicon"

    class Reporter(models.TextChoices):
        CUDA = "cuda", "CUDA on Linux"
        NVIDIA_SMI = "nvidia-smi", "nvidia-smi"
        ROCM = "rocm", "ROCm or Vulkan"
        LEVEL_ZERO = "level-zero", "Level Zero"
        METAL = "metal", "Metal, macOS 26"

    class Ecc(models.TextChoices):
        ON = "on", "Usually on"
        OFF = "off", "Usually off"

    class ShipsWith(models.TextChoices):
        WINDOWS = "windows", "Windows"

    full_name = models.CharField(max_length=120, help_text="The vendor's name: NVIDIA GeForce RTX 4090.")
    also_called = other_names("Strix Halo, Framework Desktop")
    vendor = models.CharField(max_length=20, choices=Vendor.choices)
    segment = models.CharField(max_length=20, choices=Segment.choices)
    common = models.BooleanField(
        default=False, help_text="Widely bought or rented. Only common cards are suggested as the card to want."
    )
    class_example = models.BooleanField(
        default=False,
        verbose_name="example of its memory class",
        help_text="Picks for machines with as much memory are held against this one. One for each class is enough.",
    )
    chip_architecture = models.CharField(max_length=40, blank=True, help_text="Ada Lovelace, RDNA 3.0, Apple M2.")
    speed_class = models.CharField(
        max_length=40, blank=True, help_text="Cards of one class reach about the same share of their bandwidth."
    )

    memory_gb = positive_decimal(
        "Nameplate memory of one GPU: the number on the box. On the vendor's page.", verbose_name="memory (VRAM), GB"
    )
    unified_memory = models.BooleanField(default=False, help_text="Memory is shared with the processor.")
    usable_share = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        validators=[validate_share],
        help_text="Share of the nameplate the rule of thumb counts on. Empty: 0.95, or 0.72 for unified memory.",
        verbose_name="usable share of the memory",
        **optional(),
    )
    memory_type = models.CharField(max_length=20, blank=True, help_text="GDDR6X, HBM3, LPDDR5X.")
    bus_bits = positive_integer("Width of the memory bus in bits.", verbose_name="memory bus, bits", **optional())
    memory_rate_gbps = positive_decimal(
        "Data rate of a memory pin, Gbit/s.", places=3, verbose_name="memory data rate, Gbit/s", **optional()
    )
    bandwidth_gb_s = positive_decimal(
        "Memory bandwidth of one GPU in GB/s (10^9 bytes): bus width x data rate / 8. On the vendor's data sheet.",
        verbose_name="bandwidth, GB/s",
    )
    reported_by = models.CharField(
        max_length=12, choices=Reporter.choices, blank=True, help_text="Who reports that total: they differ."
    )
    reported_source = models.CharField(max_length=200, blank=True, help_text="Where the reported total was seen.")
    reported_memory_mib = positive_integer(
        "Total that the driver reports, in MiB (2^20 bytes), of the machine as it ships: not with a limit raised.",
        verbose_name="reported memory, MiB",
        **optional(),
    )
    ecc = models.CharField(
        "ECC",
        max_length=3,
        choices=Ecc.choices,
        blank=True,
        help_text="Of a card whose error correction takes a sixteenth of the memory (GDDR5, GDDR6): whether nvidia-smi "
        "usually shows it on. Empty: none, or it takes nothing (HBM, GDDR7).",
    )
    ships_with = models.CharField(
        max_length=10,
        choices=ShipsWith.choices,
        blank=True,
        help_text="Of shared memory: the system it is sold with, where that decides what the GPU gets. "
        "Empty: Linux or macOS.",
    )
    carve_out_gb = positive_decimal(
        "Of shared memory: the most that the BIOS or AMD Software can set apart for the GPU, in GB. In its manual.",
        verbose_name="most set apart for the GPU, GB",
        **optional(),
    )
    gpus_per_board = models.PositiveSmallIntegerField(
        default=1,
        validators=[validate_positive, fits_16_bits],
        help_text="GPUs on one board. Memory and bandwidth above are of one of them.",
        verbose_name="GPUs per board",
    )

    fp32_tflops = positive_decimal("FP32 TFLOPS at boost clock.", places=3, verbose_name="FP32, TFLOPS", **optional())
    fp16_tensor_tflops = positive_decimal(
        "Dense FP16 TFLOPS of the matrix units.", places=3, verbose_name="FP16 tensor, TFLOPS", **optional()
    )
    fp16_tensor_basis = models.CharField(
        max_length=160, blank=True, help_text="How the FP16 figure is known.", verbose_name="basis of the FP16 figure"
    )
    gpu_cores = positive_integer(
        "Cores of the GPU, where the vendor counts them.", verbose_name="GPU cores", **optional()
    )
    compute_capability = models.CharField(
        max_length=10, blank=True, help_text="CUDA compute capability: 8.9.", verbose_name="CUDA compute capability"
    )
    pcie = models.CharField(max_length=30, blank=True, verbose_name="PCIe", help_text="PCIe 4.0 x16.")
    nvlink = models.BooleanField(default=False, verbose_name="NVLink")
    power_w = positive_integer(
        "Board power in watts; of a laptop the most that its maker may allow.",
        verbose_name="board power, W",
        **optional(),
    )
    release_date = models.DateField(
        help_text="The day it was first on sale, not the day it was announced.", **optional()
    )
    launch_price_usd = positive_decimal(
        "Price at launch in US dollars.", verbose_name="launch price, US$", **optional()
    )
    launch_price_source = models.CharField(max_length=120, blank=True)

    notes = notes_text("Shown on the card's page. Markdown: **bold**, lists, [text](https://address).")
    editor_notes = notes_text("For editors: checks made, sources that disagree.")
    confidence = models.CharField(max_length=10, blank=True, help_text="How sure the sources make us: high, medium.")

    class Meta(CatalogRecord.Meta):
        verbose_name = "GPU"
        verbose_name_plural = "GPUs"
        constraints = [
            *CatalogRecord.Meta.constraints,
            positive_constraint("memory_gb", "Memory"),
            positive_constraint("bandwidth_gb_s", "Bandwidth"),
            positive_constraint("usable_share", "The usable share"),
            positive_constraint("carve_out_gb", "What is set apart"),
            named_constraint(
                "carve_out_within_memory",
                Q(carve_out_gb__lte=F("memory_gb")),
                "No more can be set apart for the GPU than the memory.",
            ),
            positive_constraint("gpus_per_board", "GPUs per board"),
        ]
