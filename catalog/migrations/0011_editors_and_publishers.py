"""The groups that a desk needs: Editors, who keep the catalog, and Publishers, who also publish and delete.

Permissions are otherwise made after all migrations; here they are made first where they are not there yet, by the
names that Django gives them. A group that is there already keeps what else it has.
"""

from typing import Any

from django.db import migrations

RECORDS = ('quant', 'gpu', 'languagemodel', 'artifact', 'repository', 'benchmark')
EDITING = ('view', 'add', 'change')
GROUPS = {'Editors': EDITING, 'Publishers': (*EDITING, 'delete', 'publish')}


def make_groups(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    for name, actions in GROUPS.items():
        group, _ = apps.get_model('auth', 'Group').objects.using(alias).get_or_create(name=name)
        group.permissions.add(*(_permission(apps, alias, action, record) for record in RECORDS for action in actions))


def _permission(apps: Any, alias: str, action: str, record: str) -> Any:
    kinds = apps.get_model('contenttypes', 'ContentType').objects.using(alias)
    kind, _ = kinds.get_or_create(app_label='catalog', model=record)
    title = f"Can {action} {apps.get_model('catalog', record)._meta.verbose_name}"
    permission, _ = apps.get_model('auth', 'Permission').objects.using(alias).get_or_create(
        content_type=kind, codename=f'{action}_{record}', defaults={'name': title}
    )
    return permission


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0010_publishing_is_a_right'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
