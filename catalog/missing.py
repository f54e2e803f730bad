"""Which facts a record should have, and which rows lack one of them."""

from django.db import models
from django.db.models import Q

from catalog.models import (
    Artifact,
    Benchmark,
    BoardScore,
    CatalogRecord,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Quant,
    Repository,
)

# In the order in which an editor would look for them; a fact that most rows rightly lack is none of them.
FACTS: dict[type[CatalogRecord], tuple[str, ...]] = {
    Gpu: (
        *("reported_memory_mib", "launch_price_usd", "fp32_tflops", "fp16_tensor_tflops", "release_date", "power_w"),
        *("memory_type", "bus_bits", "memory_rate_gbps", "speed_class", "chip_architecture", "sources"),
    ),
    LanguageModel: (
        *("architecture", "native_context", "licence", "commercial_use", "release_date", "hugging_face_id"),
        *("active_parameters", "uses", "sources"),
    ),
    Quant: ("bytes_per_weight", "mix", "perplexity_rise", "kl_divergence", "quality_source", "sources"),
    Artifact: ("quant", "repository", "file_name", "publisher", "token_list_bytes", "seen_in", "sources"),
    Repository: ("labels", "publisher", "seen_in", "sources"),
    Popularity: ("downloads", "pulls", "sources"),
    BoardScore: ("seen_in", "data_licence", "sources"),
    Price: ("seen_in", "seller", "sources"),
    Pick: ("sources",),
    Benchmark: (
        *("gpu", "model", "quant", "context_tokens", "weights_bytes", "backend", "build", "measured_in"),
        *("prefill_tokens_s", "trust", "sources"),
    ),
}
# Facts that only some rows have: what is never sold alone has no price.
ONLY_OF: dict[tuple[type[CatalogRecord], str], Q] = {
    (LanguageModel, "active_parameters"): Q(mixture_of_experts=True),
    (Gpu, "launch_price_usd"): ~Q(segment__in=(Gpu.Segment.LAPTOP, Gpu.Segment.APU, Gpu.Segment.APPLE)),
}


def lacks(model: type[CatalogRecord], name: str) -> Q:
    """The rows of a kind that should have a fact and have it not: its column is null, or an empty text."""
    column = model._meta.get_field(name)
    empty = Q(**{f"{name}__isnull": True})
    if isinstance(column, models.CharField | models.TextField):
        empty |= Q(**{name: ""})
    return empty & ONLY_OF.get((model, name), Q())
