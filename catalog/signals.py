"""What every change of a record entails: a new revision, and an old address that still leads somewhere.

And what none may do: delete the quantization that every page speaks of.
"""

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from catalog import reasons
from catalog.models import RECORD_MODELS, CatalogRecord, CatalogRevision, Quant, RetiredSlug
from catalog.models.quant import DEFAULT_STAYS
from catalog.public_past import last_public, was_public_at


def connect() -> None:
    """Called once, when the app is ready."""
    pre_delete.connect(_keep_default, sender=Quant)
    for signal in (post_save, post_delete):
        signal.connect(_after_change_of_address, sender=RetiredSlug)
    for model in RECORD_MODELS:
        pre_save.connect(_retire_changed_slug, sender=model)
        post_save.connect(_after_save, sender=model)
        pre_delete.connect(_say_what_it_goes_with, sender=model)
        post_delete.connect(_after_delete, sender=model)


def _retire_changed_slug(sender: type[CatalogRecord], instance: CatalogRecord, **_: Any) -> None:
    former = sender.objects.filter(pk=instance.pk).only("slug", "status").first() if instance.pk else None
    if former and former.slug != instance.slug:
        was_public = former.is_published or was_public_at(former, former.slug)
        RetiredSlug.rename(sender.kind(), former.slug, instance.slug, was_public=was_public)


def _keep_default(sender: type[Quant], instance: Quant, **_: Any) -> None:
    """Deletions of many, and those that go with another's, pass here as well as Quant.delete."""
    if instance.is_default:
        raise ProtectedError(DEFAULT_STAYS, {instance})


def _after_save(sender: type[CatalogRecord], instance: CatalogRecord, created: bool, **_: Any) -> None:
    if created:
        RetiredSlug.revive(sender.kind(), instance.slug)
    CatalogRevision.bump()


def _say_what_it_goes_with(sender: type[CatalogRecord], instance: Any, origin: Any = None, **_: Any) -> None:
    reason = reasons.goes_with(instance, origin)
    if reason:
        instance._change_reason = reason


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


def _after_change_of_address(**_: Any) -> None:
    CatalogRevision.bump()
