from django.db import models


class RetiredSlug(models.Model):
    """An address that a record once had: where it leads now, or that the record was deleted here."""

    kind = models.CharField(max_length=30)
    slug = models.CharField(max_length=80)
    successor = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="retired_slug_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug} -> {self.successor or 'deleted'}"

    @classmethod
    def successor_of(cls, kind: str, slug: str) -> str | None:
        """The slug that replaced this one; "" if its record was deleted, None if it was never retired."""
        return cls.objects.filter(kind=kind, slug=slug).values_list("successor", flat=True).first()

    @classmethod
    def successors(cls, kind: str) -> dict[str, str]:
        """Every retired slug of a kind with its successor, "" for a record that was deleted."""
        return dict(cls.objects.filter(kind=kind).values_list("slug", "successor"))

    @classmethod
    def retire(cls, kind: str, slug: str, successor: str) -> None:
        """Lead `slug`, and all that led to it, to `successor` ("" when the record is deleted)."""
        cls.objects.filter(kind=kind, successor=slug).update(successor=successor)
        cls.objects.update_or_create(kind=kind, slug=slug, defaults={"successor": successor})
        cls.revive(kind, successor)

    @classmethod
    def revive(cls, kind: str, slug: str) -> None:
        """`slug` is a live address again."""
        cls.objects.filter(kind=kind, slug=slug).delete()
