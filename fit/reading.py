"""What a token reads of a model's cache, and the layers that it passes, whatever the mix.

A layer that shares another's cache reads it all the same, so it counts as if it had its own (llama.cpp,
src/llama-kv-cache.cpp: such a layer is given the cache of an earlier one). Bytes are those of an f16 cache: reading a
narrower one is no faster on any backend that was measured.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from fit.architecture import Architecture, Experts, LayerGroup
from fit.kv_cache import CacheProfile, CacheType, cache_parts, cache_profile
from fit.mixers import DeltaAttention, GatedDeltaNet, GroupedQueryAttention, LightningAttention, Mamba1, Mamba2, Mixer

# Mixers that keep a state instead of a cache and update it for every token.
LINEAR = (Mamba1, Mamba2, GatedDeltaNet, DeltaAttention, LightningAttention)
LATENT = "latent"


class Reading(NamedTuple):
    """`caches` are keys, values, indexes and states, `latents` those of latent attention, None without it. `layers` are
    all layers, `expert_layers` those with a mixture of experts, `linear_layers` those with linear attention."""

    caches: CacheProfile
    latents: CacheProfile | None
    layers: int
    expert_layers: int
    linear_layers: int

    def cache_bytes(self, context: int) -> tuple[int, int]:
        """Bytes of caches and of latents with so many tokens in the cache."""
        return self.caches.size_bytes(context), self.latents.size_bytes(context) if self.latents else 0


def reading(architecture: Architecture) -> Reading:
    """What a token reads and passes of a model of this architecture."""
    read = _with_own_caches(architecture)
    parts = cache_parts(read)
    latents = [profile for (name, _), profile in parts.items() if name == LATENT]
    others = [profile for (name, _), profile in parts.items() if name != LATENT]
    states = CacheProfile(cache_profile(architecture, CacheType.F16).state_bytes, 0, ())
    blocks = architecture.blocks
    return Reading(
        caches=_together([states, *others]),
        latents=_together(latents) if latents else None,
        layers=sum(group.n for group in blocks),
        expert_layers=sum(group.n for group in blocks if isinstance(group.ffn, Experts)),
        linear_layers=sum(group.n for group in blocks if _is_linear(group)),
    )


def _with_own_caches(architecture: Architecture) -> Architecture:
    blocks = tuple(
        replace(group, mixers=tuple(_with_own_cache(mixer) for mixer in group.mixers)) for group in architecture.blocks
    )
    return replace(architecture, blocks=blocks)


def _with_own_cache(mixer: Mixer) -> Mixer:
    shares = isinstance(mixer, GroupedQueryAttention) and mixer.kv == "shared"
    return replace(mixer, kv="own") if shares and isinstance(mixer, GroupedQueryAttention) else mixer


def _is_linear(group: LayerGroup) -> bool:
    return any(isinstance(mixer, LINEAR) for mixer in group.mixers)


def _together(profiles: Sequence[CacheProfile]) -> CacheProfile:
    """One profile of the bytes of all."""
    return CacheProfile(
        sum(profile.state_bytes for profile in profiles),
        sum(profile.cell_bytes for profile in profiles),
        tuple(window for profile in profiles for window in profile.windows),
        tuple(compressed for profile in profiles for compressed in profile.compressed),
    )
