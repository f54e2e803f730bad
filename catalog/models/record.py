"""What every record of the catalog has: a name, a permanent address, sources, draft or published."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q

from catalog import slugs
from catalog.models.querysets import CatalogQuerySet
from catalog.models.record_history import RecordHistory
from catalog.models.retired_slug import RetiredSlug
from catalog.models.validation import long_text, named_constraint, validate_saved_anyway
from catalog.text import NO_TEXT, is_text

NOTHING_FOR_A_SLUG = "Nothing in the name can stand in an address. Type a slug, such as rtx-4090."

# "/run/<model>-on-<gpu>/" can be taken apart in one way only while no slug contains this.
PAIR_SEPARATOR = "-on-"

validate_slug_characters = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    "Use small letters, digits and single hyphens, such as rtx-4090.",
)


def validate_no_pair_separator(slug: str) -> None:
    """A slug must leave the address of a pair readable in one way."""
    if PAIR_SEPARATOR in f"-{slug}-":
        raise ValidationError(f"A slug must not contain “{PAIR_SEPARATOR}”: it separates model and GPU in an address.")


class CatalogRecord(models.Model):
    """A row that may become part of a public page."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    name = models.CharField(max_length=80, unique=True, help_text="As people say it: RTX 4090, Qwen2.5 72B.")
    slug = models.CharField(
        max_length=80,
        unique=True,
        validators=[validate_slug_characters, validate_no_pair_separator],
        help_text="The address of the page. Permanent: if you change it, the old address leads to the new one.",
    )
    status = models.CharField(
        max_length=9,
        choices=Status.choices,
        default=Status.DRAFT,
        help_text="Only published records are on public pages. A published record needs a source.",
    )
    sources = long_text(5_000, "Where each figure can be checked, one source a line; addresses first.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    saved_anyway = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        validators=[validate_saved_anyway],
        help_text="What was asked about the figures and saved all the same, each with the reason.",
    )
    # The record as it was last loaded: what differs from it was changed here. Rows that were last loaded before it was
    # kept have a digest of it instead.
    loaded_record = models.JSONField(null=True, editable=False)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = CatalogQuerySet.as_manager()
    history = RecordHistory()

    # True while a load, which reads all former slugs at once, checks a row whose slug is none of them.
    slug_was_never_retired = False
    # Before a deletion: the slug of the record that its address is to lead to; "" for nowhere.
    address_leads_to = ""

    class Meta:
        abstract = True
        ordering = ("slug",)
        # What is published, and what changes a page that readers see, is a right of its own: publish_gpu and so on.
        default_permissions = ("view", "add", "change", "delete", "publish")
        constraints = [
            named_constraint("slug_without_on", ~Q(slug__contains=PAIR_SEPARATOR), "A slug must not contain “-on-”."),
            named_constraint(
                "published_with_sources",
                ~Q(status="published", sources=""),
                "A published record needs at least one source.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        """Save in one transaction with the catalog's new revision (catalog.signals), or not at all."""
        with transaction.atomic():
            super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete in one transaction with the catalog's new revision, or not at all."""
        with transaction.atomic():
            return super().delete(*args, **options)

    @classmethod
    def kind(cls) -> str:
        """The name of its table's model in small letters: what addresses that it once had are kept under."""
        return cls._meta.model_name or ""

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def source_list(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.sources.split("\n") if line.strip())

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, and no text that a database or a file cannot hold."""
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            errors = error.update_error_dict({})
        for column in self._meta.concrete_fields:
            value = getattr(self, column.attname)
            if isinstance(value, str) and not is_text(value) and column.name not in (exclude or ()):
                errors[column.name] = NO_TEXT.capitalize()
        if errors:
            raise ValidationError(errors)

    def clean(self) -> None:
        """Refuse, at the field, what the database's own constraints would refuse without naming one."""
        super().clean()
        self._use_plain_line_ends()
        errors: dict[str, Any] = {}
        self._take_proposed_slug()
        if self.name and not self.slug:
            errors["slug"] = NOTHING_FOR_A_SLUG
        if self.is_published and not self.source_list:
            errors["sources"] = "A published record needs at least one source. Add one, or keep it a draft."
        retired = self._retired_slug_of_another()
        if retired:
            errors["slug"] = retired
        if errors:
            raise ValidationError(errors)

    @classmethod
    def proposed_slug(cls, name: str) -> str:
        """The slug of a new record of this name, by the site's rule: no record's, and none that leads to one."""
        slug = slugs.of_name(cls.kind(), name)
        alike = {"slug__startswith": slug[:60]}
        live = cls.objects.filter(**alike).values_list("slug", flat=True)
        retired = RetiredSlug.objects.filter(kind=cls.kind(), **alike).values_list("slug", flat=True)
        return slugs.free(slug, {*live, *retired})

    def _take_proposed_slug(self) -> None:
        """A form may leave a new record's slug empty."""
        if self._state.adding and not self.slug:
            self.slug = self.proposed_slug(self.name)

    def _use_plain_line_ends(self) -> None:
        """Browsers send two characters for a new line; a form saved as it was must not count as an edit."""
        for column in self._meta.concrete_fields:
            if isinstance(column, models.TextField):
                setattr(self, column.attname, getattr(self, column.attname).replace("\r\n", "\n"))

    def _retired_slug_of_another(self) -> str | None:
        successor = None if self.slug_was_never_retired else RetiredSlug.successor_of(self.kind(), self.slug)
        if successor and successor != self._current_slug():
            return f"This slug is a former one of “{successor}” and is kept for it. Choose another."
        return None

    def _current_slug(self) -> str | None:
        return type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
