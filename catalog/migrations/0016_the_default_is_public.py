from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0015_old_addresses'),
        ('catalog', '0015_labels_with_units'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='quant',
            constraint=models.CheckConstraint(condition=models.Q(('is_default', False), ('status', 'published'), _connector='OR'), name='quant_default_published', violation_error_message='The default quantization must be published: make another one the default first.'),
        ),
    ]
