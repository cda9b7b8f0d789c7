"""The tables of the room."""

import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
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
                    name='Clause',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='committees.mandate')),
                        ('number', models.CharField(max_length=10, verbose_name='number')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('kind', models.CharField(choices=[('member', 'Member'), ('responsibility', 'Responsibility'), ('task', 'Task'), ('meeting', 'Meeting rule'), ('agenda', 'Agenda item'), ('other', 'Other text')], max_length=20, verbose_name='kind')),
                        ('text', models.TextField(max_length=5000, verbose_name='text')),
                        ('measure', models.CharField(blank=True, choices=[('seat_filled', 'The seat is filled'), ('steering', 'Information security is steered'), ('objectives', 'Security objectives are set and followed'), ('weighed_decisions', 'Decisions weigh security, usability and economy'), ('ownership', 'Data, systems and archives have owners'), ('owner_guidelines', 'Guidelines for owners exist'), ('owner_documentation', 'Owners have made their documentation'), ('awareness_training', 'Employees are trained and informed'), ('continuity_plans', 'Continuity plans exist'), ('continuity_test', 'Continuity is tested'), ('management_support', 'The management stands behind the work'), ('chair_mandate', 'The chair may approve'), ('policy_framework', 'The framework of the security policy is laid down'), ('risk_level', 'The risk level is approved'), ('policy_revision', 'The security policy is revised'), ('underlying_policies', 'Underlying policies are approved'), ('incident_evaluation', 'Incidents are evaluated'), ('quarterly_status', 'The security status is approved'), ('project_status', 'The status of security projects is approved'), ('awareness_evaluation', 'Awareness is evaluated'), ('audit_evaluation', 'Internal audits are evaluated'), ('meetings_per_year', 'Number of meetings a year'), ('calendar_horizon', 'The meeting calendar reaches far enough'), ('agenda_minutes', 'Agenda: minutes of the last meeting'), ('agenda_ongoing', 'Agenda: ongoing work'), ('agenda_incidents', 'Agenda: incidents'), ('agenda_year_wheel', 'Agenda: tasks of the year wheel'), ('agenda_coming_tasks', 'Agenda: tasks of the coming quarter'), ('agenda_policies', 'Agenda: policies and guidelines'), ('executive_reporting', 'Reports to the executive board'), ('agenda_any_other_business', 'Agenda: any other business')], max_length=40, verbose_name='measured by')),
                        ('cadence_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='at least every (months)')),
                        ('min_per_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='at least a year')),
                        ('max_per_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='at most a year')),
                        ('horizon_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='known ahead (months)')),
                        ('role', models.CharField(blank=True, choices=[('chair', 'Chair'), ('deputy_chair', 'Deputy chair'), ('secretary', 'Secretary'), ('adviser', 'Adviser'), ('member', 'Member')], max_length=20, verbose_name='role')),
                        ('function', models.CharField(blank=True, max_length=200, verbose_name='function')),
                    ],
                    options={
                        'ordering': ['position'],
                        'constraints': [models.UniqueConstraint(fields=('mandate', 'number'), name='clause_number_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Committee',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                        ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday')], default=3, verbose_name='usual weekday')),
                        ('start_time', models.TimeField(default=datetime.time(13, 0), verbose_name='usual start')),
                        ('minutes', models.PositiveSmallIntegerField(default=120, validators=[django.core.validators.MinValueValidator(15), django.core.validators.MaxValueValidator(600)], verbose_name='usual length in minutes')),
                        ('place', models.CharField(blank=True, max_length=200, verbose_name='usual place')),
                        ('link', models.URLField(blank=True, max_length=500, verbose_name='usual video link')),
                        ('avoided_weeks', models.CharField(blank=True, default='7-8, 28-32, 42', max_length=100, verbose_name='weeks without meetings')),
                        ('auditors_see_closed', models.BooleanField(default=False, verbose_name='auditors see closed items')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name="the committee's own e-mail")),
                        ('call_days', models.PositiveSmallIntegerField(default=4, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='working days from call to meeting')),
                        ('review_days', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days to comment on minutes')),
                        ('invites_when_planned', models.BooleanField(default=False, verbose_name='calendar invitations are sent when a meeting is planned')),
                        ('quorum', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='quorum')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Holding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='committees.seat')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to=settings.AUTH_USER_MODEL)),
                        ('capacity', models.CharField(choices=[('holder', 'Holds the seat'), ('deputy', 'Deputy')], default='holder', max_length=10, verbose_name='capacity')),
                        ('from_date', models.DateField(verbose_name='from')),
                        ('to_date', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('from_because', models.CharField(blank=True, max_length=300)),
                        ('to_because', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['-from_date', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('to_date', None)), fields=('seat', 'capacity'), name='one_open_holding_of_a_seat'), models.CheckConstraint(condition=models.Q(('to_date', None), ('to_date__gte', models.F('from_date')), _connector='OR'), name='holding_ends_after_it_starts')],
                    },
                ),
                migrations.CreateModel(
                    name='Mandate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='committees.committee')),
                        ('version', models.PositiveIntegerField(verbose_name='version')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('language', models.CharField(default='da', max_length=2)),
                        ('source_name', models.CharField(blank=True, max_length=200)),
                        ('source_file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='core.storedfile')),
                        ('source_text', models.TextField(blank=True)),
                        ('adopted_by', models.CharField(blank=True, max_length=120, verbose_name='adopted by')),
                        ('effective_from', models.DateField(blank=True, null=True, verbose_name='takes effect on')),
                        ('from_because', models.CharField(blank=True, max_length=300)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('approved_at', models.DateTimeField(null=True)),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='core.record')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'ordering': ['-version'],
                        'constraints': [models.UniqueConstraint(fields=('committee', 'version'), name='mandate_version_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Seat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='committees.committee')),
                        ('number', models.CharField(blank=True, max_length=10)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('role', models.CharField(choices=[('chair', 'Chair'), ('deputy_chair', 'Deputy chair'), ('secretary', 'Secretary'), ('adviser', 'Adviser'), ('member', 'Member')], max_length=20, verbose_name='role')),
                        ('function', models.CharField(blank=True, max_length=200, verbose_name='function')),
                        ('from_date', models.DateField(verbose_name='from')),
                        ('to_date', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('to_because', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['position', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('to_date', None), ('to_date__gte', models.F('from_date')), _connector='OR'), name='seat_ends_after_it_starts')],
                    },
                ),
            ],
        ),
    ]
