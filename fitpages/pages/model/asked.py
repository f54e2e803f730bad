"""What a reader asks of a model's page: a context, a least speed, and which machines are listed."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.snapshot import PublishedModel, Snapshot
from fit.advice import COMFORTABLE_CONTEXT
from fitpages import addresses
from fitpages.matching.contexts import contexts_of
from fitpages.matching.ladder import Wanted
from fitpages.pages.common.link_choices import LinkChoices, link_choices
from fitpages.text import figures

SPEEDS = (5, 10, 15, 30, 60)
USUAL_TOKENS_S = 10
KEPT = ("context", "speed", "runs", "kind", "fast", "page")
KINDS = (
    ("", "any kind"),
    ("card", "cards"),
    ("laptop", "laptops"),
    ("mac", "Macs"),
    ("box", "small boxes"),
    ("server", "server cards"),
    ("none", "no GPU"),
)
FAST = (("", "any speed"), ("10", "10 tokens/s and more"), ("30", "30 tokens/s and more"))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`kept` are the parameters of the query that the page knows; `unknown` says that there were others."""

    kept: Mapping[str, str]
    address: str
    context: LinkChoices
    speed: LinkChoices
    kind: LinkChoices
    fast: LinkChoices
    unknown: str

    @property
    def wanted(self) -> Wanted:
        """A model without contexts has none that is wanted: 0."""
        return Wanted(int(self.context.value or 0), int(self.speed.value or 0))


def asked(snapshot: Snapshot, model: PublishedModel, query: Mapping[str, str]) -> Asked:
    """The query, with everything that it does not say at its default."""
    kept = {name: query[name] for name in KEPT if query.get(name)}
    address, contexts = addresses.model(model.slug), contexts_of(snapshot, model)
    context = str(min(COMFORTABLE_CONTEXT, contexts[-1])) if contexts else ""
    options = [(str(tokens), figures.tokens(tokens)) for tokens in contexts]
    speeds = [("0", "any"), *((str(speed), str(speed)) for speed in SPEEDS)]
    others = sorted(set(query) - set(KEPT))
    return Asked(
        kept=kept,
        address=address,
        context=link_choices(kept, "context", "Context", options, context, address),
        speed=link_choices(kept, "speed", "Tokens/s, at least", speeds, str(USUAL_TOKENS_S), address),
        kind=link_choices(kept, "kind", "Kind", KINDS, "", address),
        fast=link_choices(kept, "fast", "Speed", FAST, "", address),
        unknown=f"This page has no filter “{others[0][:40]}”." if others else "",
    )
