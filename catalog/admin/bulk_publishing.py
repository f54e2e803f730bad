"""Publishing and taking off many records at once, after a page that says what will happen."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from catalog import reasons
from catalog.admin import page_counts
from catalog.admin.publishing import PublishingIsARight
from catalog.completeness import missing
from catalog.doubts import Others
from catalog.models import CatalogRecord, CatalogRevision

CONFIRMED = "confirmed"
PUBLISHED, DRAFT = CatalogRecord.Status.PUBLISHED, CatalogRecord.Status.DRAFT
TEMPLATE = "admin/catalog/publish_selected.html"
WORDS: dict[str, str] = {PUBLISHED: "published", DRAFT: "taken off the site"}
SAVED = ["status", "updated_at"]
# Of longer lists the page names these and counts the others.
MOST_NAMED = 100
# Rows in one statement: SQLite takes so many names of keys.
AT_ONCE = 500


@dataclass(frozen=True)
class Plan:
    """What an action would do: records that get the status, those that stay with the reasons, those that have it."""

    changing: list[CatalogRecord] = field(default_factory=list)
    staying: list[tuple[CatalogRecord, list[str]]] = field(default_factory=list)
    have_it: int = 0


class BulkPublishing(PublishingIsARight):
    """Two actions of a list."""

    @admin.action(description="Publish the selected records", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: Any) -> TemplateResponse | None:
        """What is not complete stays a draft."""
        return self._shown_first(request, queryset, PUBLISHED)

    @admin.action(description="Take the selected records off the site", permissions=["publish"])
    def take_off(self, request: HttpRequest, queryset: Any) -> TemplateResponse | None:
        return self._shown_first(request, queryset, DRAFT)

    def _shown_first(self, request: HttpRequest, queryset: Any, status: str) -> TemplateResponse | None:
        plan = plan_of(queryset, status)
        if CONFIRMED not in request.POST:
            return self._question(request, plan, status)
        staying = [*plan.staying, *self._carried_out(request, plan.changing, status)]
        for row, sentences in staying[:MOST_NAMED]:
            self.message_user(request, f"{row} was left as it is: {' '.join(sentences)}", messages.WARNING)
        changed = len(plan.changing) + len(plan.staying) - len(staying)
        if changed:
            self.message_user(request, f"{changed:,} {WORDS[status]}.", messages.SUCCESS)
        return None

    def _question(self, request: HttpRequest, plan: Plan, status: str) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "plan": plan,
            "publishes": status == PUBLISHED,
            "title": "Publish records" if status == PUBLISHED else "Take records off the site",
            "pages": page_counts.sentence(plan.changing, status) if plan.changing else "",
            "most_named": MOST_NAMED,
            "checkbox": ACTION_CHECKBOX_NAME,
            "action": request.POST.get("action", ""),
        }
        return TemplateResponse(request, TEMPLATE, context)

    def _carried_out(
        self, request: HttpRequest, rows: list[CatalogRecord], status: str
    ) -> list[tuple[CatalogRecord, list[str]]]:
        """Save the rows, one change for the public; those that the database refuses, with the reasons.

        Each change of its own would cost every process a look at the whole catalog.
        """
        with CatalogRevision.as_one_change():
            try:
                with transaction.atomic():
                    _save_all(self.model, rows, status, request.user)
                refused = []
            except IntegrityError:
                refused = [(row, sentences) for row in rows if (sentences := _refusals(row))]
            left = {row.pk for row, _ in refused}
            changed = [row for row in rows if row.pk not in left]
            done = reasons.PUBLISHED if status == PUBLISHED else reasons.TAKEN_OFF
            reasons.give(self.model, [row.pk for row in changed], reasons.with_others(done, len(changed)))
            message = f"Status set to {status}."
            LogEntry.objects.log_actions(int(request.user.pk or 0), changed, CHANGE, change_message=message)
        return refused


def plan_of(queryset: Any, status: str) -> Plan:
    """What giving a status to these rows would do; nothing is saved."""
    plan = Plan(have_it=queryset.filter(status=status).count())
    related, others = _relations(queryset.model), Others()
    rows = queryset.exclude(status=status)
    # Each related record is read once, not once for every row: an architecture is a long document.
    for row in rows.prefetch_related(*related):
        row.status = status
        sentences = _faults(row, others)
        plan.staying.append((row, sentences)) if sentences else plan.changing.append(row)
    return plan


def _faults(row: CatalogRecord, others: Others) -> list[str]:
    """Why a row cannot have the status that it was given; what the status does not change is not asked of the database.

    Its name and slug are as they were, so nobody else's, and the records that it names are there.
    """
    lacking = missing(row, others) if row.is_published else []
    row.slug_was_never_retired = True
    try:
        row.clean_fields(exclude=_relations(type(row)))
        row.clean()
    except ValidationError as error:
        return lacking or error.messages
    return lacking


def _relations(model: type[CatalogRecord]) -> list[str]:
    return [column.name for column in model._meta.concrete_fields if column.is_relation]


def _save_all(model: type[CatalogRecord], rows: list[CatalogRecord], status: str, user: Any) -> None:
    """Their status alone, which is the same for all, with the state that each is kept in."""
    now = timezone.now()
    for row in rows:
        row.updated_at = now
    for start in range(0, len(rows), AT_ONCE):
        keys = [row.pk for row in rows[start : start + AT_ONCE]]
        model._default_manager.filter(pk__in=keys).update(status=status, updated_at=now)
    model.history.bulk_history_create(rows, update=True, default_user=user, batch_size=AT_ONCE)


def _refusals(row: CatalogRecord) -> list[str]:
    """Save one row; the reasons where the database refuses it."""
    try:
        with transaction.atomic():
            row.save(update_fields=SAVED)
    except IntegrityError:
        return _constraints_of(row) or ["The database refused it."]
    return []


def _constraints_of(row: CatalogRecord) -> list[str]:
    try:
        row.validate_constraints()
    except ValidationError as error:
        return error.messages
    return []
