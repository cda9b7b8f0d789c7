"""The tables of the room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('committees', '0001_tables'),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Delegation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='tasks.task')),
                        ('from_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('to_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('note', models.CharField(blank=True, max_length=1000, verbose_name='note')),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answer', models.CharField(blank=True, choices=[('', 'Not answered'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], max_length=10)),
                        ('because', models.CharField(blank=True, max_length=1000, verbose_name='why')),
                    ],
                    options={
                        'ordering': ['-asked_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('task',), name='one_open_delegation_of_a_task')],
                    },
                ),
                migrations.CreateModel(
                    name='Ending',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endings', to='tasks.task')),
                        ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped')], max_length=10)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('word', models.CharField(max_length=1000)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('undone_because', models.CharField(blank=True, max_length=1000)),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('task',), name='one_lasting_ending_of_a_task')],
                    },
                ),
                migrations.CreateModel(
                    name='QuarterTask',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quarter_tasks', to='committees.committee')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quarters', to='tasks.task')),
                        ('quarter', models.DateField(verbose_name='quarter')),
                        ('chosen_at', models.DateTimeField()),
                        ('chosen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('born_kind', models.CharField(blank=True, max_length=60)),
                        ('born_id', models.CharField(blank=True, max_length=40)),
                        ('settled_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['quarter', 'pk'],
                        'indexes': [models.Index(fields=['committee', 'quarter'], name='tasks_quart_committ_30a0ef_idx')],
                        'constraints': [models.UniqueConstraint(fields=('task', 'quarter'), name='task_once_in_a_quarter')],
                    },
                ),
                migrations.CreateModel(
                    name='Task',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('description', models.TextField(blank=True, verbose_name='description')),
                        ('committee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='committees.committee')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to=settings.AUTH_USER_MODEL)),
                        ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given_tasks', to=settings.AUTH_USER_MODEL)),
                        ('due', models.DateField(verbose_name='due')),
                        ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=10, verbose_name='state')),
                        ('done_at', models.DateTimeField(null=True)),
                        ('done_word', models.CharField(blank=True, max_length=1000, verbose_name='what was done')),
                        ('dropped_at', models.DateTimeField(null=True)),
                        ('dropped_because', models.CharField(blank=True, max_length=1000, verbose_name='why it was dropped')),
                        ('is_closed', models.BooleanField(default=False, verbose_name='from a closed item')),
                        ('born_kind', models.CharField(blank=True, max_length=60)),
                        ('born_id', models.CharField(blank=True, max_length=40)),
                        ('born_link', models.CharField(blank=True, max_length=200)),
                        ('created_at', models.DateTimeField(editable=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'task',
                        'ordering': ['due', 'pk'],
                        'indexes': [models.Index(fields=['state', 'due'], name='tasks_task_state_791c88_idx'), models.Index(fields=['born_kind', 'born_id'], name='tasks_task_born_ki_bf3d3d_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_at', None)), _connector='OR'), name='done_task_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('dropped_at__isnull', False), ('state', 'dropped')), models.Q(models.Q(('state', 'dropped'), _negated=True), ('dropped_at', None)), _connector='OR'), name='dropped_task_says_when')],
                    },
                ),
            ],
        ),
    ]
