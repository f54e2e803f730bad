from types import MappingProxyType

from django.contrib import admin

from catalog.admin.choices import SpeedClassFilter
from catalog.admin.figures import column
from catalog.admin.records import CatalogRecordAdmin
from catalog.models import Gpu


@admin.register(Gpu)
class GpuAdmin(CatalogRecordAdmin):
    list_display = (
        *("name", column(Gpu, "memory_gb"), column(Gpu, "bandwidth_gb_s"), "launch_price_usd", "common", "status"),
        *("vendor", "segment", "updated_at"),
    )
    list_editable = ("launch_price_usd", "common")
    list_filter = (
        *("status", "vendor", "segment", "common", "class_example", "unified_memory"),
        ("speed_class", SpeedClassFilter),
    )
    readonly_fields = (*CatalogRecordAdmin.readonly_fields, "notes_preview")
    searched_figures = MappingProxyType({"memory_gb": "GB"})
    search_fields = ("name", "full_name", "also_called", "slug", "chip_architecture", "memory_type")
    fieldsets = (
        (
            None,
            {"fields": ("name", "slug", "full_name", "also_called", "vendor", "segment", "common", "class_example")},
        ),
        CatalogRecordAdmin.housekeeping,
        (
            "Memory",
            {
                "description": "GB is 10^9 bytes; MiB is 2^20 bytes. Of one GPU, where a board carries several.",
                "fields": (
                    "memory_gb",
                    "bandwidth_gb_s",
                    "unified_memory",
                    "usable_share",
                    "reported_memory_mib",
                    "reported_by",
                    "reported_source",
                    "ecc",
                    "ships_with",
                    "carve_out_gb",
                    "memory_type",
                    "bus_bits",
                    "memory_rate_gbps",
                    "gpus_per_board",
                ),
            },
        ),
        (
            "Compute",
            {
                "fields": (
                    "chip_architecture",
                    "speed_class",
                    "fp32_tflops",
                    "fp16_tensor_tflops",
                    "fp16_tensor_basis",
                    "gpu_cores",
                    "compute_capability",
                    "pcie",
                    "nvlink",
                )
            },
        ),
        ("Power, price, dates", {"fields": ("power_w", "release_date", "launch_price_usd", "launch_price_source")}),
        ("Notes", {"fields": ("notes", "notes_preview", "editor_notes", "confidence")}),
    )
