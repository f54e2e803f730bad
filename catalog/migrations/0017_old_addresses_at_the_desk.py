"""Old addresses are seen by Editors and mended by Publishers, and so loads ask for the record and not for the address.

Permissions are made here where they are not there yet, as in 0011.
"""

from typing import Any

from django.db import migrations, models

GROUPS = {'Editors': ('view',), 'Publishers': ('view', 'add', 'change', 'delete')}


def name_records(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model('catalog', 'RetiredSlug').objects.using(schema_editor.connection.alias)
    rows.filter(why='renamed').update(record_now=models.F('successor'))


def give_rights(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    for name, actions in GROUPS.items():
        group, _ = apps.get_model('auth', 'Group').objects.using(alias).get_or_create(name=name)
        group.permissions.add(*(_permission(apps, alias, action) for action in actions))


def _permission(apps: Any, alias: str, action: str) -> Any:
    kinds = apps.get_model('contenttypes', 'ContentType').objects.using(alias)
    kind, _ = kinds.get_or_create(app_label='catalog', model='retiredslug')
    permission, _ = apps.get_model('auth', 'Permission').objects.using(alias).update_or_create(
        content_type=kind, codename=f'{action}_retiredslug', defaults={'name': f'Can {action} old address'}
    )
    return permission


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0016_the_default_is_public'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='retiredslug',
            options={'verbose_name': 'old address', 'verbose_name_plural': 'old addresses'},
        ),
        migrations.AddField(
            model_name='retiredslug',
            name='record_now',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.RunPython(name_records, migrations.RunPython.noop),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
