"""Editors keep popularity, scores, prices and picks; Publishers also publish and delete them. As 0011 for the others."""

from typing import Any

from django.db import migrations

RECORDS = ("popularity", "boardscore", "price", "pick")
EDITING = ("view", "add", "change")
GROUPS = {"Editors": EDITING, "Publishers": (*EDITING, "delete", "publish")}


def give_rights(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    for name, actions in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(*(_permission(apps, alias, action, record) for record in RECORDS for action in actions))


def _permission(apps: Any, alias: str, action: str, record: str) -> Any:
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    kind, _ = kinds.get_or_create(app_label="catalog", model=record)
    title = f"Can {action} {apps.get_model('catalog', record)._meta.verbose_name}"
    permission, _ = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get_or_create(content_type=kind, codename=f"{action}_{record}", defaults={"name": title})
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [("catalog", "0018_what_people_run")]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
