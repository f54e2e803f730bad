from typing import NamedTuple

from django.db import models


class LedAway(NamedTuple):
    """What a load must know of old addresses.

    `successors` has every slug that a record once had, with the one it has now, "" for a record that was deleted;
    `by_hand` those that somebody added, which no record ever had.
    """

    successors: dict[str, str]
    by_hand: set[str]


class RetiredSlug(models.Model):
    """An address that leads to a record without being its own, or that a record had which was deleted here.

    One that was never public is kept for loads alone: it tells them that its record was renamed or deleted here.
    """

    class Why(models.TextChoices):
        RENAMED = "renamed", "Its record was renamed"
        DELETED = "deleted", "Its record was deleted"
        BY_HAND = "by hand", "Added by hand"

    kind = models.CharField(max_length=30)
    slug = models.CharField(max_length=80)
    # Where the address leads; the desk may change it.
    successor = models.CharField(max_length=80, blank=True)
    # The slug that the record has now which had this one, for loads; "" where it was deleted, or there was none.
    record_now = models.CharField(max_length=80, blank=True)
    why = models.CharField(max_length=7, choices=Why.choices, default=Why.RENAMED)
    was_public = models.BooleanField(default=True)
    # Of a record that was deleted, as they last were public: its name, and the family of a model or vendor of a card.
    name = models.CharField(max_length=80, blank=True)
    family = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "old address"
        verbose_name_plural = "old addresses"
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="retired_slug_once")]

    def __str__(self) -> str:
        return f"{self.slug}, leads to {self.successor or 'nothing'}"

    @classmethod
    def successor_of(cls, kind: str, slug: str) -> str | None:
        """Where an address that was public leads; "" if its record was deleted, None if it is free."""
        led = cls.objects.filter(kind=kind, slug=slug, was_public=True)
        return led.values_list("successor", flat=True).first()

    @classmethod
    def led_away(cls, kind: str) -> "LedAway":
        """Every old address of a kind, read at once."""
        rows = list(cls.objects.filter(kind=kind).values_list("slug", "record_now", "why"))
        successors = {slug: now for slug, now, why in rows if why != cls.Why.BY_HAND}
        return LedAway(successors, {slug for slug, _, _ in rows} - set(successors))

    @classmethod
    def successors(cls, kind: str) -> dict[str, str]:
        """Every slug that a record of a kind once had, with the one it has now, "" for a record that was deleted."""
        return cls.led_away(kind).successors

    @classmethod
    def rename(cls, kind: str, slug: str, successor: str, *, was_public: bool) -> None:
        """Lead `slug`, which its record had until now, and all that led to it, to the slug that it has now."""
        cls.objects.filter(kind=kind, successor=slug).update(successor=successor)
        cls.objects.filter(kind=kind, record_now=slug).update(record_now=successor)
        cls._put(kind, slug, successor=successor, record_now=successor, why=cls.Why.RENAMED, was_public=was_public)
        cls.revive(kind, successor)

    @classmethod
    def delete_record(
        cls, kind: str, slug: str, successor: str = "", *, was_public: bool, name: str = "", family: str = ""
    ) -> None:
        """Lead the slug of a record that is deleted, and all that led to it, to that of another, or nowhere."""
        led = cls.objects.filter(kind=kind, successor=slug)
        led.filter(name="").update(name=name, family=family)
        cls.objects.filter(kind=kind, record_now=slug).update(record_now="", why=cls.Why.DELETED)
        led.update(successor=successor)
        facts = {"successor": successor, "record_now": "", "name": name, "family": family, "why": cls.Why.DELETED}
        cls._put(kind, slug, **facts, was_public=was_public)

    @classmethod
    def bring_back(cls, kind: str, former: set[str], slug: str) -> None:
        """Lead the former slugs of a record that was deleted to it again, but for those that lead elsewhere by now."""
        rows = cls.objects.filter(kind=kind, slug__in=former, why=cls.Why.DELETED)
        rows.filter(successor="").update(successor=slug)
        rows.update(record_now=slug, why=cls.Why.RENAMED)

    @classmethod
    def revive(cls, kind: str, *slugs: str) -> None:
        """These are addresses of records again."""
        cls.objects.filter(kind=kind, slug__in=slugs).delete()

    @classmethod
    def _put(cls, kind: str, slug: str, **facts: object) -> None:
        cls.objects.update_or_create(kind=kind, slug=slug, defaults=facts)
