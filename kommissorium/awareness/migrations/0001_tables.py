"""The tables of the room."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('assets', '0001_tables'),
        ('committees', '0003_second_yes'),
        ('core', '0002_freeze'),
        ('meetings', '0004_filing'),
        ('tasks', '0001_tables'),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='AwarenessActivity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='what is to be done')),
                        ('planned_for', models.DateField(verbose_name='to be held by')),
                        ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who answers for it')),
                        ('criterion', models.TextField(help_text='What you will hold the result against.', verbose_name='what is to come of it')),
                        ('is_extra', models.BooleanField(default=False)),
                        ('held_on', models.DateField(null=True, verbose_name='held on')),
                        ('outcome', models.CharField(choices=[('met', 'Reached'), ('partly', 'Partly reached'), ('not_met', 'Not reached')], default='', max_length=10, verbose_name='held against what was wanted')),
                        ('conclusion', models.TextField(default='', verbose_name='conclusion')),
                        ('called_off_at', models.DateTimeField(null=True)),
                        ('called_off_because', models.TextField(default='', verbose_name='why it was called off')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='awareness.awarenessplan')),
                        ('sort', models.CharField(choices=[('campaign', 'Campaign'), ('course', 'Course'), ('phishing', 'Phishing simulation')], max_length=10, verbose_name='kind')),
                        ('audience', models.CharField(choices=[('employees', 'Employees'), ('leaders', 'Leaders'), ('executive', 'The executive board')], max_length=10, verbose_name='for whom')),
                        ('area', models.ForeignKey(blank=True, help_text='None is the whole municipality.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.area', verbose_name='area')),
                        ('target', models.PositiveSmallIntegerField(blank=True, help_text='Of a course alone. Below it nobody can say that it was reached.', null=True, verbose_name='per cent who are to complete it')),
                    ],
                    options={
                        'verbose_name': 'activity',
                        'ordering': ['planned_for', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('target', None), models.Q(('target__gte', 1), ('target__lte', 100)), _connector='OR'), name='awareness_target_is_a_percentage')],
                    },
                ),
                migrations.CreateModel(
                    name='AwarenessEvaluation',
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
                        ('number', models.PositiveSmallIntegerField(verbose_name='half-year')),
                        ('effect', models.TextField(blank=True, help_text='The figures and their change are added by themselves.', verbose_name='what the figures show')),
                        ('learning', models.TextField(blank=True, verbose_name='what is learned of it')),
                        ('effort', models.TextField(blank=True, verbose_name='what the next half-year is used for')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'evaluation of awareness',
                        'ordering': ['-year', '-number', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('number__in', [1, 2])), name='a_year_has_two_halves')],
                    },
                ),
                migrations.CreateModel(
                    name='AwarenessFinding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(verbose_name='what was found')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.task')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='awareness.awarenessactivity')),
                    ],
                    options={
                        'verbose_name': 'finding',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='AwarenessPlan',
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
                        'verbose_name': 'plan of information and teaching',
                        'ordering': ['-year', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='AwarenessSettings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person_months', models.PositiveSmallIntegerField(default=12, help_text='Counted from the day of the course. The figures of areas stay.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='months until it is erased who took a course')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_row_of_awareness_settings')],
                    },
                ),
                migrations.CreateModel(
                    name='Completion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='completions', to='awareness.awarenessactivity')),
                        ('who', models.CharField(max_length=254, verbose_name='e-mail or number')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.area', verbose_name='area')),
                        ('audience', models.CharField(choices=[('employees', 'Employees'), ('leaders', 'Leaders'), ('executive', 'The executive board')], default='employees', max_length=10, verbose_name='who they are')),
                        ('done_on', models.DateField(null=True, verbose_name='completed on')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'course of a person',
                        'ordering': ['who'],
                        'constraints': [models.UniqueConstraint(fields=('activity', 'who'), name='once_in_a_course')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupFigures',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='awareness.awarenessactivity')),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.area', verbose_name='area')),
                        ('audience', models.CharField(choices=[('employees', 'Employees'), ('leaders', 'Leaders'), ('executive', 'The executive board')], default='employees', max_length=10, verbose_name='who they are')),
                        ('people', models.PositiveIntegerField(verbose_name='how many it was for')),
                        ('done', models.PositiveIntegerField(default=0, verbose_name='completed or reached')),
                        ('clicked', models.PositiveIntegerField(default=0, verbose_name='clicked')),
                        ('gave_data', models.PositiveIntegerField(default=0, verbose_name='gave data')),
                        ('reported', models.PositiveIntegerField(default=0, verbose_name='reported it')),
                        ('is_counted', models.BooleanField(default=False)),
                    ],
                    options={
                        'verbose_name': 'figures of a group',
                        'ordering': ['area__name', 'audience', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('activity', 'area', 'audience'), name='one_row_of_figures_per_group'), models.UniqueConstraint(condition=models.Q(('area', None)), fields=('activity', 'audience'), name='one_row_of_figures_without_area'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('people')), ('clicked__lte', models.F('people')), ('gave_data__lte', models.F('clicked')), ('reported__lte', models.F('people'))), name='no_more_than_there_are_people')],
                    },
                ),
            ],
        ),
    ]
