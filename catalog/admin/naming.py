"""What the name and the slug of a record are, said in the words of its kind."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

# Kinds with pages of their own have the columns' words for the slug.
NAMES = {
    "gpu": "As people say it: RTX 4090.",
    "languagemodel": "As people say it: Qwen2.5 72B.",
    "quant": "As llama.cpp writes it: Q4_K_M.",
    "artifact": "The model, the level and who published the file: Qwen2.5 72B Q4_K_M, bartowski.",
    "repository": "As its site writes it: bartowski/Qwen2.5-72B-Instruct-GGUF.",
    "benchmark": "The card, the model, the quantization and the program: NVIDIA L4, Llama 3.1 8B Q4_K_M, llama.cpp.",
    "popularity": "The model: Qwen2.5 72B.",
    "boardscore": "The model and the board: Qwen2.5 72B, Arena text.",
    "price": "The machine, the kind of price, who asked it and when: RTX 3090, used, eBay, 2026-08.",
    "pick": "The memory class and the use: 24 GB, code.",
}
NO_PAGE = (
    "What tells it apart in data files: it has no page of its own. Keep it as it is, for a load finds the record by it."
)
SLUGS = dict.fromkeys(NAMES.keys() - {"gpu", "languagemodel"}, NO_PAGE)


class NamedByKind(admin.ModelAdmin):
    """The help below both fields of a form."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        words = {"name": NAMES, "slug": SLUGS}.get(db_field.name, {}).get(self.opts.model_name or "")
        field = super().formfield_for_dbfield(db_field, request, **options)
        if words and field is not None:
            field.help_text = words
        return field
