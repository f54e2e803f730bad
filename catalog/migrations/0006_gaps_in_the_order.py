"""Room between quantizations for those that come between them: the orders of all are multiplied by ten.

A row that nobody had edited still equals the record that it was loaded from, which now has more fields and another order:
its digest is made anew, so that the next load updates it.
"""

from typing import Any

from catalog.interchange.records import digest, to_record
from catalog.interchange.references import References
from django.db import migrations

NEW_FIELDS = {"needs_imatrix", "shown"}
GAP = 10


def make_gaps(apps: Any, schema_editor: Any) -> None:
    for row in apps.get_model("catalog", "Quant").objects.order_by("-order"):
        before = {name: value for name, value in to_record(row, References()).items() if name not in NEW_FIELDS}
        row.order *= GAP
        if digest(before) == row.loaded_digest:
            row.loaded_digest = digest(to_record(row, References()))
        row.save()


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_more_quantizations")]
    operations = [migrations.RunPython(make_gaps, migrations.RunPython.noop)]
