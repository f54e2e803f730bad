"""Why an address leads elsewhere, whether it was public, and what was there. All that are there count as public."""

from typing import Any

from django.db import migrations, models


def say_what_was_deleted(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model('catalog', 'RetiredSlug').objects.using(schema_editor.connection.alias)
    rows.filter(successor='').update(why='deleted')


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0014_history_begins'),
    ]

    operations = [
        migrations.AddField(
            model_name='retiredslug',
            name='family',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='retiredslug',
            name='name',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='retiredslug',
            name='was_public',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='retiredslug',
            name='why',
            field=models.CharField(choices=[('renamed', 'Its record was renamed'), ('deleted', 'Its record was deleted'), ('by hand', 'Added by hand')], default='renamed', max_length=7),
        ),
        migrations.RunPython(say_what_was_deleted, migrations.RunPython.noop),
    ]
