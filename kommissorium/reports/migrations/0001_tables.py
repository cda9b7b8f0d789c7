"""The tables of the room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('committees', '0003_second_yes'),
        ('core', '0002_freeze'),
        ('meetings', '0004_filing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='QuarterlyStatus',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('approved', 'Approved'), ('dropped', 'Given up')], default='draft', max_length=10)),
                        ('proposed_at', models.DateTimeField(null=True)),
                        ('in_force_from', models.DateField(null=True)),
                        ('in_force_to', models.DateField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('number', models.PositiveSmallIntegerField(verbose_name='quarter')),
                        ('composed_at', models.DateTimeField()),
                        ('made_at', models.DateTimeField()),
                        ('committee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committees.committee')),
                        ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.decision')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='committees.committee')),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                        ('open_record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                        ('word_file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                    ],
                    options={
                        'verbose_name': 'status of a quarter',
                        'ordering': ['-year', '-number', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('of', 'year', 'number'), name='one_status_of_a_quarter')],
                    },
                ),
                migrations.CreateModel(
                    name='KeptPart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=40)),
                        ('place', models.PositiveSmallIntegerField()),
                        ('heading', models.CharField(max_length=200)),
                        ('content', models.JSONField(default=dict)),
                        ('proposed', models.TextField(blank=True)),
                        ('said', models.TextField(blank=True)),
                        ('is_empty', models.BooleanField(default=False)),
                        ('closes', models.CharField(choices=[('whole', 'The whole part'), ('table', 'Its table alone')], max_length=10, null=True)),
                        ('closed_ground', models.CharField(max_length=200, null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('status', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='reports.quarterlystatus')),
                    ],
                    options={
                        'verbose_name': 'part of a status',
                        'ordering': ['place', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('status', 'code'), name='part_of_a_status_once')],
                    },
                ),
            ],
        ),
    ]
