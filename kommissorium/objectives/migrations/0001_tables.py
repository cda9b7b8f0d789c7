"""The tables of the room."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('assets', '0001_tables'),
        ('committees', '0001_tables'),
        ('core', '0001_tables'),
        ('meetings', '0001_tables'),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Measurement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('objective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='objectives.objective')),
                        ('day', models.DateField(verbose_name='measured on')),
                        ('value', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='value')),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'measurement',
                        'ordering': ['day', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Objective',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='objectives.objectiveset')),
                        ('lineage', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        ('title', models.CharField(max_length=200, verbose_name='objective')),
                        ('why', models.TextField(verbose_name='why')),
                        ('serves', models.CharField(max_length=200, verbose_name="goal of the municipality's strategy that it serves")),
                        ('serves_link', models.URLField(blank=True, default='', max_length=500, verbose_name='address of the strategy')),
                        ('risk_level', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record', verbose_name='risk level it is held against')),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.area', verbose_name='area')),
                        ('indicator', models.CharField(blank=True, help_text='What a register counts, the program reads each evening. All else is typed.', max_length=80, verbose_name='measured by')),
                        ('unit', models.CharField(blank=True, max_length=40, verbose_name='unit')),
                        ('direction', models.CharField(choices=[('at_least', 'At least'), ('at_most', 'At most')], default='at_least', max_length=10, verbose_name='at least or at most')),
                        ('target', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='target')),
                        ('due', models.DateField(verbose_name='to be reached by')),
                        ('every', models.PositiveSmallIntegerField(verbose_name='measured every so many months')),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'objective',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ObjectiveSet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('approved', 'Approved'), ('dropped', 'Given up')], default='draft', max_length=10)),
                        ('committee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committees.committee')),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposed_at', models.DateTimeField(null=True)),
                        ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.decision')),
                        ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                        ('in_force_from', models.DateField(null=True)),
                        ('in_force_to', models.DateField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('statement', models.TextField(blank=True, verbose_name='what is wanted this year')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'objectives of a year',
                        'ordering': ['-year', '-pk'],
                    },
                ),
            ],
        ),
    ]
