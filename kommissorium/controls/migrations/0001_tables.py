"""The tables of the room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('committees', '0003_second_yes'),
        ('core', '0004_search'),
        ('meetings', '0006_item_draft'),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Control',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(editable=False, max_length=10, unique=True, verbose_name='number')),
                        ('position', models.PositiveSmallIntegerField(editable=False)),
                        ('applies', models.CharField(blank=True, choices=[('', 'Not decided'), ('yes', 'Applies'), ('no', 'Does not apply')], default='', max_length=5, verbose_name='does it apply?')),
                        ('because', models.TextField(blank=True, verbose_name='why, or why not')),
                        ('how', models.TextField(blank=True, verbose_name='how it is met')),
                        ('links', models.JSONField(blank=True, default=list, verbose_name='what shows it')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='controls', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ],
                    options={
                        'verbose_name': 'control',
                        'ordering': ['position'],
                    },
                ),
                migrations.CreateModel(
                    name='SoaVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('approved', 'Approved'), ('dropped', 'Given up')], default='draft', max_length=10)),
                        ('proposed_at', models.DateTimeField(null=True)),
                        ('in_force_from', models.DateField(null=True)),
                        ('in_force_to', models.DateField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('number', models.PositiveSmallIntegerField(editable=False, unique=True, verbose_name='version')),
                        ('news', models.TextField(blank=True, verbose_name='what is new since the last version')),
                        ('rows', models.JSONField(default=list, editable=False)),
                        ('made_at', models.DateTimeField()),
                        ('committee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committees.committee')),
                        ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.decision')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                    ],
                    options={
                        'verbose_name': 'statement of applicability',
                        'ordering': ['-number'],
                    },
                ),
            ],
        ),
    ]
