"""The tables of the room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('core', '0001_tables'),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='DailyFigures',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('register', models.CharField(max_length=40)),
                        ('day', models.DateField()),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.event')),
                    ],
                    options={
                        'ordering': ['-day'],
                        'constraints': [models.UniqueConstraint(fields=('register', 'day'), name='one_figure_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40)),
                        ('options', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('read', 'Not taken in yet'), ('done', 'Taken in'), ('undone', 'Undone'), ('dropped', 'Given up')], default='read', max_length=10)),
                        ('shape', models.CharField(blank=True, max_length=20)),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                        ('parsed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                        ('file_name', models.CharField(max_length=200)),
                        ('headings', models.JSONField(default=list)),
                        ('mapping', models.JSONField(default=dict)),
                        ('key', models.CharField(blank=True, max_length=40)),
                        ('choices', models.JSONField(default=dict)),
                        ('row_count', models.PositiveIntegerField(default=0)),
                        ('added', models.PositiveIntegerField(default=0)),
                        ('changed', models.PositiveIntegerField(default=0)),
                        ('same', models.PositiveIntegerField(default=0)),
                        ('faulty', models.PositiveIntegerField(default=0)),
                        ('progress', models.PositiveSmallIntegerField(null=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('done_at', models.DateTimeField(null=True)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'import',
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ImportedRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='registers.importrun')),
                        ('thing_id', models.PositiveBigIntegerField(null=True)),
                        ('number', models.PositiveIntegerField()),
                        ('is_new', models.BooleanField(default=False)),
                        ('before', models.JSONField(default=dict)),
                        ('after_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'ordering': ['number', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='SavedList',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_lists', to=settings.AUTH_USER_MODEL)),
                        ('code', models.CharField(max_length=40)),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('query', models.CharField(max_length=2000)),
                    ],
                    options={
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('person', 'code', 'name'), name='one_saved_list_of_a_name')],
                    },
                ),
            ],
        ),
    ]
