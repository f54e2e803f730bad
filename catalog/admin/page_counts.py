"""How many pages come and go with records, in a sentence."""

from collections.abc import Sequence

from catalog.models import Artifact, BoardScore, CatalogRecord, Gpu, LanguageModel, Pick, Popularity, Price, Repository

# What a record of each kind is joined with on pages of pairs.
JOINED: dict[type[CatalogRecord], tuple[type[CatalogRecord], str]] = {
    Gpu: (LanguageModel, "models"),
    LanguageModel: (Gpu, "GPUs"),
}


def sentence(rows: Sequence[CatalogRecord], status: str) -> str:
    """What happens to pages when these records of one kind, at least one, are given a status that they do not have."""
    kind = type(rows[0])
    if kind in JOINED:
        return _of_their_own(rows, kind, "adds" if status == CatalogRecord.Status.PUBLISHED else "removes")
    if issubclass(kind, Artifact | Repository):
        return _of_their_models({row.model_id for row in rows if isinstance(row, Artifact | Repository)})
    if issubclass(kind, Popularity | BoardScore | Pick | Price):
        return _of_their_owners(rows)
    return "No page comes or goes; what stands on pages changes with the next request."


def _of_their_own(rows: Sequence[CatalogRecord], kind: type[CatalogRecord], verb: str) -> str:
    other, plural = JOINED[kind]
    partners = other._default_manager.filter(status=CatalogRecord.Status.PUBLISHED).count()
    own = _counted(len(rows), "page of its own", "pages of their own")
    pairs = _counted(len(rows) * partners, "page of a pair", "pages of pairs")
    return f"This {verb} {own} and {pairs}, with each of {partners:,} {plural}."


def _of_their_models(keys: set[int]) -> str:
    published = CatalogRecord.Status.PUBLISHED
    models = LanguageModel.objects.filter(pk__in=keys, status=published).count()
    pages = models * (1 + Gpu.objects.filter(status=published).count())
    whose = _counted(models, "model", "models")
    return f"No page comes or goes; those of {whose} change, {pages:,} with those of their pairs."


def _of_their_owners(rows: Sequence[CatalogRecord]) -> str:
    """No figure of a pair follows from what people take, say and pay, nor from what editors would run."""
    owners = {getattr(row, "gpu", None) or getattr(row, "model", None) for row in rows}
    nouns = ("GPU", "GPUs") if isinstance(rows[0], Price) else ("model", "models")
    public = sum(owner is not None and owner.is_published for owner in owners)
    return f"No page comes or goes; those of {_counted(public, *nouns)} change, and lists that name them."


def _counted(number: int, one_noun: str, many_noun: str) -> str:
    return f"{number:,} {one_noun if number == 1 else many_noun}"
