"""Files of any label, and where files of a model can be had.

What was in `publisher` is a repository, and its owner the publisher; the label is the name of the level's mix. A row that
nobody had edited still equals the record that it was loaded from: its digest is made anew, so that the next load updates
it, and a row that an editor changed is kept.
"""

from typing import Any

import catalog.models.record
import catalog.models.validation
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import re
from catalog.interchange.records import digest
from django.db import migrations, models


def name_repositories(apps: Any, schema_editor: Any) -> None:
    for row in apps.get_model("catalog", "Artifact").objects.select_related("model", "quant"):
        before = _record(row)
        was_loaded = digest(before) == row.loaded_digest
        row.label, row.repository = row.quant.mix or row.quant.name[:40], row.publisher
        row.publisher = row.repository.partition("/")[0]
        if was_loaded:
            row.loaded_digest = digest({**before, **_new_values(row)})
        row.save(update_fields=["label", "repository", "publisher", "loaded_digest"])


def _record(row: Any) -> dict[str, Any]:
    """The record as a file had it before: without the fields that are new."""
    return {
        "slug": row.slug,
        "name": row.name,
        "status": row.status,
        "sources": [line.strip() for line in row.sources.split("\n") if line.strip()],
        "model": row.model.slug,
        "quant": row.quant.slug,
        "size_bytes": row.size_bytes,
        "publisher": row.publisher,
    }


def _new_values(row: Any) -> dict[str, Any]:
    named = {"label": row.label, "repository": row.repository, "publisher": row.publisher}
    return {**named, "kind_of_file": "gguf", "preferred": False}


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0007_what_a_machine_leaves'),
    ]

    operations = [
        migrations.CreateModel(
            name='Repository',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As people say it: RTX 4090, Qwen2.5 72B.', max_length=80, unique=True)),
                ('slug', models.CharField(help_text='The address of the page. Permanent: if you change it, the old address leads to the new one.', max_length=80, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*\\Z', 'Use small letters, digits and single hyphens, such as rtx-4090.'), catalog.models.record.validate_no_pair_separator])),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', help_text='Only published records are on public pages. A published record needs a source.', max_length=9)),
                ('sources', models.TextField(blank=True, help_text='Where each figure can be checked, one source a line; addresses first.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('kind_of_files', models.CharField(choices=[('gguf', 'Files for llama.cpp'), ('ollama', 'Ollama tag'), ('mlx', 'Files for MLX')], default='gguf', max_length=6)),
                ('publisher', models.CharField(blank=True, help_text='Who published it: bartowski.', max_length=120)),
                ('labels', models.CharField(blank=True, help_text='Levels that were seen there, with spaces between: Q4_K_M Q8_0.', max_length=400)),
                ('seen_in', models.CharField(blank=True, help_text='When it was seen, as far as known: 2026, 2026-08 or 2026-08-03.', max_length=10, validators=[catalog.models.validation.validate_date_as_known])),
                ('editor_notes', models.TextField(blank=True, help_text='For editors: doubts, what else is there.')),
            ],
            options={
                'verbose_name_plural': 'repositories',
                'ordering': ('slug',),
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='artifact',
            name='artifact_once',
        ),
        migrations.AddField(
            model_name='artifact',
            name='draft_bytes',
            field=models.BigIntegerField(blank=True, help_text="Bytes of draft layers in it, which are not loaded, where the architecture does not say that the model's own file has them. Empty: none, or not known.", null=True, validators=[catalog.models.validation.validate_positive]),
        ),
        migrations.AddField(
            model_name='artifact',
            name='editor_notes',
            field=models.TextField(blank=True, help_text='For editors: doubts, what else is in the file.'),
        ),
        migrations.AddField(
            model_name='artifact',
            name='file_name',
            field=models.CharField(blank=True, help_text='Its path there; of several parts the first.', max_length=160),
        ),
        migrations.AddField(
            model_name='artifact',
            name='kind_of_file',
            field=models.CharField(choices=[('gguf', 'Model for llama.cpp'), ('projector', 'Projector for llama.cpp'), ('mlx', 'Model for MLX')], default='gguf', help_text='A projector, which reads pictures or sound, is a file of its own.', max_length=9),
        ),
        migrations.AddField(
            model_name='artifact',
            name='label',
            field=models.CharField(default='', help_text='What its publisher calls the level: Q4_K_M, UD-Q4_K_XL.', max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='artifact',
            name='preferred',
            field=models.BooleanField(default=False, help_text="Of several files at one level this one decides, whoever published it. Otherwise ggml-org's does, then that of the model's maker, bartowski's, unsloth's, any other."),
        ),
        migrations.AddField(
            model_name='artifact',
            name='repository',
            field=models.CharField(blank=True, help_text='Owner and name on Hugging Face: bartowski/Qwen3-8B-GGUF. The command names it.', max_length=120, validators=[django.core.validators.RegexValidator('^[\\w.-]+/[\\w.-]+\\Z', 'Write owner and name as in the address: bartowski/Qwen3-8B-GGUF.', flags=re.RegexFlag['ASCII'])]),
        ),
        migrations.AddField(
            model_name='artifact',
            name='rounding_bytes',
            field=models.BigIntegerField(blank=True, help_text='The step that the size was rounded to: 10000000 for 4.68 GB. Empty: the size is exact.', null=True, validators=[catalog.models.validation.validate_positive]),
        ),
        migrations.AddField(
            model_name='artifact',
            name='seen_in',
            field=models.CharField(blank=True, help_text='When the size was read, as far as known: 2026, 2026-08 or 2026-08-03.', max_length=10, validators=[catalog.models.validation.validate_date_as_known]),
        ),
        migrations.AddField(
            model_name='artifact',
            name='token_list_bytes',
            field=models.BigIntegerField(blank=True, help_text='Bytes of its header, most of them the token list, which stays in RAM. Empty: not known.', null=True, validators=[catalog.models.validation.validate_positive]),
        ),
        migrations.AlterField(
            model_name='artifact',
            name='publisher',
            field=models.CharField(blank=True, help_text='Who published it: bartowski. Empty: not known.', max_length=120),
        ),
        migrations.AlterField(
            model_name='artifact',
            name='quant',
            field=models.ForeignKey(blank=True, help_text='The quantization whose row it decides. Empty: it is a row of its own, under its label.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='artifacts', to='catalog.quant', verbose_name='level'),
        ),
        migrations.RunPython(name_repositories, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='artifact',
            constraint=models.CheckConstraint(condition=models.Q(('rounding_bytes__gt', 0)), name='artifact_rounding_bytes_positive', violation_error_message='The rounding must be above zero.'),
        ),
        migrations.AddConstraint(
            model_name='artifact',
            constraint=models.CheckConstraint(condition=models.Q(('token_list_bytes__gt', 0)), name='artifact_token_list_bytes_positive', violation_error_message='The token list must be above zero.'),
        ),
        migrations.AddConstraint(
            model_name='artifact',
            constraint=models.CheckConstraint(condition=models.Q(('draft_bytes__gt', 0)), name='artifact_draft_bytes_positive', violation_error_message='The draft layers must be above zero.'),
        ),
        migrations.AddConstraint(
            model_name='artifact',
            constraint=models.CheckConstraint(condition=models.Q(('size_bytes__lte', 0), ('size_bytes__gt', django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Coalesce(models.F('token_list_bytes'), 0), '+', django.db.models.functions.comparison.Coalesce(models.F('draft_bytes'), 0))), _connector='OR'), name='artifact_more_than_besides', violation_error_message='The token list and the draft layers must be less than the whole file.'),
        ),
        migrations.AddConstraint(
            model_name='artifact',
            constraint=models.CheckConstraint(condition=models.Q(('repository', ''), ('status', 'published'), _negated=True), name='artifact_published_in_repository', violation_error_message='A published file needs its repository, for the command names it. Add it, or keep it a draft.'),
        ),
        migrations.AddConstraint(
            model_name='artifact',
            constraint=models.CheckConstraint(condition=models.Q(('kind_of_file', 'gguf'), models.Q(('preferred', False), ('quant__isnull', True)), _connector='OR'), name='artifact_of_llama_cpp', violation_error_message='Only files that llama.cpp loads as a model belong to a level or are preferred. Leave this empty.'),
        ),
        migrations.AddConstraint(
            model_name='artifact',
            constraint=models.UniqueConstraint(condition=models.Q(('repository', ''), _negated=True), fields=('model', 'kind_of_file', 'label', 'repository'), name='artifact_once', violation_error_message='There is a record of this file already: the same kind, label and repository. Change that one.'),
        ),
        migrations.AddConstraint(
            model_name='artifact',
            constraint=models.UniqueConstraint(condition=models.Q(('preferred', True), ('quant__isnull', False)), fields=('model', 'quant'), name='artifact_one_preferred', violation_error_message='Another file of this model is preferred at this level. Take that mark away first.'),
        ),
        migrations.AddConstraint(
            model_name='artifact',
            constraint=models.UniqueConstraint(condition=models.Q(('preferred', True), ('quant__isnull', True)), fields=('model', 'label'), name='artifact_one_preferred_label', violation_error_message='Another file of this model is preferred under this label. Take that mark away first.'),
        ),
        migrations.AddField(
            model_name='repository',
            name='model',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='repositories', to='catalog.languagemodel'),
        ),
        migrations.AddConstraint(
            model_name='repository',
            constraint=models.CheckConstraint(condition=models.Q(('slug__contains', '-on-'), _negated=True), name='repository_slug_without_on', violation_error_message='A slug must not contain “-on-”.'),
        ),
        migrations.AddConstraint(
            model_name='repository',
            constraint=models.CheckConstraint(condition=models.Q(('sources', ''), ('status', 'published'), _negated=True), name='repository_published_with_sources', violation_error_message='A published record needs at least one source.'),
        ),
    ]
