"""Rows that were there before history was kept get their first state: what the next change is compared with."""

from datetime import datetime
from typing import Any

from django.db import migrations
from django.utils import timezone

KINDS = ("Gpu", "LanguageModel", "Quant", "Artifact", "Repository", "Benchmark")
BATCH = 500
BEGUN = "As it was when history began to be kept."


def begin(apps: Any, schema_editor: Any) -> None:
    now = timezone.now()
    for kind in KINDS:
        states = apps.get_model("catalog", f"Historical{kind}")
        rows = apps.get_model("catalog", kind).objects.order_by("pk").iterator(chunk_size=BATCH)
        waiting = []
        for row in rows:
            waiting.append(_state(states, row, now))
            if len(waiting) == BATCH:
                states.objects.bulk_create(waiting)
                waiting = []
        states.objects.bulk_create(waiting)


def _state(states: Any, row: Any, now: datetime) -> Any:
    kept = {column.attname for column in states._meta.concrete_fields}
    values = {c.attname: getattr(row, c.attname) for c in row._meta.concrete_fields if c.attname in kept}
    return states(**values, history_date=now, history_type="+", history_change_reason=BEGUN)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0013_every_state_is_kept")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
