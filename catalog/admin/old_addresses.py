"""Addresses that lead to a record without being its own: seen, mended, added by hand."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from catalog.models import RECORD_MODELS, CatalogRecord, RetiredSlug
from catalog.models.record import validate_no_pair_separator, validate_slug_characters

BY_KIND: dict[str, type[CatalogRecord]] = {model.kind(): model for model in RECORD_MODELS}
# Those whose records have a page of their own.
WITH_PAGE = ("gpu", "languagemodel")
LIVE = "This is the address of a {kind} that is there, and leads to it. Choose another."
TWICE = "This address is in the list already. Change that one."
NOWHERE_NEW = "Choose where it leads."


class OldAddressForm(forms.ModelForm):
    """Where an old address leads is chosen among the records that there are; what kind it is of follows from that."""

    leads_to = forms.ChoiceField(
        required=False,
        label="Leads to",
        help_text="A change is in the next request. Nowhere: it answers 410, “gone”, and says what to read instead.",
    )

    class Meta:
        model = RetiredSlug
        fields = ("slug", "leads_to")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.led_to = self.instance.successor
        kinds = [self.instance.kind] if self.instance.pk else WITH_PAGE
        choices: Any = [("", "nowhere"), *_choices(kinds)]
        if "leads_to" in self.fields:
            field: Any = self.fields["leads_to"]
            field.choices = choices
            field.initial = f"{self.instance.kind}:{self.instance.successor}" if self.instance.successor else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, _, successor = cleaned.get("leads_to", "").partition(":")
        if not self.instance.pk:
            self.instance.kind, self.instance.why = kind, RetiredSlug.Why.BY_HAND
        self.instance.successor = successor
        errors = dict(self._faults(cleaned))
        if errors:
            raise ValidationError(errors)
        return cleaned

    def _faults(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, str]]:
        kind, slug = self.instance.kind, cleaned.get("slug", self.instance.slug)
        if not self.instance.pk and "leads_to" in cleaned and not cleaned["leads_to"]:
            yield "leads_to", NOWHERE_NEW
        if kind not in BY_KIND or not slug:
            return
        if BY_KIND[kind]._default_manager.filter(slug=slug).exists():
            yield "slug" if "slug" in self.fields else "leads_to", LIVE.format(kind=_name(kind))
        elif RetiredSlug.objects.filter(kind=kind, slug=slug).exclude(pk=self.instance.pk).exists():
            yield "slug", TWICE

    def clean_slug(self) -> str:
        """As the slug of a record."""
        slug: str = self.cleaned_data["slug"]
        validate_slug_characters(slug)
        validate_no_pair_separator(slug)
        return slug


class LeadsNowhere(admin.SimpleListFilter):
    """Whether there is a page where an address leads now."""

    title = "where it leads"
    parameter_name = "leads"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("there", "To a page that is there"), ("off", "To a record that is not public"), ("nowhere", "Nowhere")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "there":
                return queryset.filter(is_there=True)
            case "off":
                return queryset.filter(is_there=False, kind__in=WITH_PAGE).exclude(successor="")
            case "nowhere":
                return queryset.filter(successor="")
        return queryset


class OfKind(admin.SimpleListFilter):
    """Kinds by their names."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, str(model._meta.verbose_name_plural)) for kind, model in BY_KIND.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() in BY_KIND else queryset


@admin.register(RetiredSlug)
class OldAddressAdmin(admin.ModelAdmin):
    """Every change is in the next request to the public site: catalog.signals."""

    form = OldAddressForm
    list_display = ("address", "kind_name", "place", "page_is_there", "why", "public")
    list_filter = (LeadsNowhere, "why", "was_public", OfKind)
    list_per_page = 50
    ordering = ("kind", "slug")
    search_fields = ("slug", "successor", "name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With whether there is a page where each leads, looked up for all of them at once."""
        public = [When(kind=kind, then=Exists(_public(kind))) for kind in WITH_PAGE]
        rows = super().get_queryset(request)
        annotated: QuerySet[Any] = rows.annotate(is_there=Case(*public, default=Value(False)))
        return annotated

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What was an address stays one."""
        return ("address", "kind_name", "why", "public", "place") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ("slug", "leads_to")
        leads = "leads_to" if self.has_change_permission(request, obj) else "place"
        return ("address", "kind_name", "why", "public", leads)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "slug" and field is not None:
            field.label = "old address"
            field.help_text = "Its last part, as people link to it, in small letters, digits and hyphens: rtx4090."
        return field

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """With both places, for the history of an address."""
        before, after = form.led_to or "nowhere", form.instance.successor or "nowhere"
        return f"Leads to “{after}”." if add else f"Led from “{before}” to “{after}”."

    @admin.display(description="old address", ordering="slug")
    def address(self, obj: RetiredSlug) -> str:
        return _address(obj)

    @admin.display(description="kind", ordering="kind")
    def kind_name(self, obj: RetiredSlug) -> str:
        return _name(obj.kind)

    @admin.display(description="leads to", ordering="successor")
    def place(self, obj: RetiredSlug) -> str:
        """The list of the record's kind, with it alone."""
        if not obj.successor or obj.kind not in BY_KIND:
            return "nowhere" if not obj.successor else obj.successor
        records = reverse(f"admin:catalog_{obj.kind}_changelist")
        return format_html('<a href="{}?slug={}">{}</a>', records, obj.successor, obj.successor)

    @admin.display(description="page is there", boolean=True)
    def page_is_there(self, obj: Any) -> bool | None:
        """Nothing of kinds that have no page."""
        return bool(obj.is_there) if obj.kind in WITH_PAGE else None

    @admin.display(description="was public", boolean=True, ordering="was_public")
    def public(self, obj: RetiredSlug) -> bool:
        return obj.was_public


class OldAddressesAreShown(admin.ModelAdmin):
    """A record's form lists the addresses that lead to it, and the way to add one."""

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **options: Any) -> HttpResponse:
        row = context.get("original")
        if row and request.user.has_perm("catalog.view_retiredslug"):
            rows = RetiredSlug.objects.filter(kind=row.kind(), successor=row.slug).order_by("slug")
            context["old_addresses"] = [_shown(address) for address in rows]
            if row.kind() in WITH_PAGE and request.user.has_perm("catalog.add_retiredslug"):
                query = urlencode({"leads_to": f"{row.kind()}:{row.slug}"})
                context["new_old_address"] = f"{reverse('admin:catalog_retiredslug_add')}?{query}"
        return super().render_change_form(request, context, *args, **options)


def _shown(address: RetiredSlug) -> dict[str, Any]:
    """A line of a record's form."""
    at = reverse("admin:catalog_retiredslug_change", args=[address.pk])
    facts = {"why": address.get_why_display(), "was_public": address.was_public}
    return {"at": at, "text": _address(address), **facts}


def _address(address: RetiredSlug) -> str:
    """As it is linked to; of a kind without pages the slug alone."""
    row: Any = BY_KIND[address.kind](slug=address.slug) if address.kind in WITH_PAGE else None
    return str(row.get_absolute_url()) if row else address.slug


def _public(kind: str) -> QuerySet[Any]:
    manager: Any = BY_KIND[kind]._default_manager
    rows: QuerySet[Any] = manager.filter(status="published", slug=OuterRef("successor"))
    return rows


def _name(kind: str) -> str:
    return str(BY_KIND[kind]._meta.verbose_name) if kind in BY_KIND else kind


def _choices(kinds: Any) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The records of some kinds, under the names of the kinds."""
    for kind in kinds:
        if kind in BY_KIND:
            rows = BY_KIND[kind]._default_manager.order_by("name").values_list("slug", "name")
            yield str(BY_KIND[kind]._meta.verbose_name_plural), [(f"{kind}:{slug}", name) for slug, name in rows]
