"""What every change of a record entails: a new revision, and an old address that still leads somewhere."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save

from catalog.models import RECORD_MODELS, CatalogRecord, CatalogRevision, RetiredSlug
from catalog.public_past import last_public, was_public_at


def connect() -> None:
    """Called once, when the app is ready."""
    for model in RECORD_MODELS:
        pre_save.connect(_retire_changed_slug, sender=model)
        post_save.connect(_after_save, sender=model)
        post_delete.connect(_after_delete, sender=model)


def _retire_changed_slug(sender: type[CatalogRecord], instance: CatalogRecord, **_: Any) -> None:
    former = sender.objects.filter(pk=instance.pk).only("slug", "status").first() if instance.pk else None
    if former and former.slug != instance.slug:
        was_public = former.is_published or was_public_at(former, former.slug)
        RetiredSlug.rename(sender.kind(), former.slug, instance.slug, was_public=was_public)


def _after_save(sender: type[CatalogRecord], instance: CatalogRecord, created: bool, **_: Any) -> None:
    if created:
        RetiredSlug.revive(sender.kind(), instance.slug)
    CatalogRevision.bump()


def _after_delete(sender: type[CatalogRecord], instance: CatalogRecord, **_: Any) -> None:
    public = last_public(instance)
    RetiredSlug.delete_record(
        sender.kind(),
        instance.slug,
        instance.address_leads_to,
        was_public=instance.is_published or was_public_at(instance, instance.slug),
        name=public.name,
        family=public.family,
    )
    CatalogRevision.bump()
