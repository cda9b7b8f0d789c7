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
        ('committees', '0001_tables'),
        ('core', '0001_tables'),
        ('meetings', '0001_tables'),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Delegation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('occurrence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='yearwheel.occurrence')),
                        ('from_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('to_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wheel_delegations', to=settings.AUTH_USER_MODEL)),
                        ('note', models.CharField(blank=True, max_length=1000)),
                        ('asked_at', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(null=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ending', models.CharField(blank=True, choices=[('', 'Stands'), ('handed_back', 'Handed back'), ('taken_back', 'Taken back'), ('done', 'Finished')], max_length=15)),
                        ('because', models.CharField(blank=True, max_length=1000)),
                    ],
                    options={
                        'ordering': ['-asked_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('occurrence',), name='one_live_delegation_of_an_occurrence')],
                    },
                ),
                migrations.CreateModel(
                    name='Duty',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='committees.committee')),
                        ('clause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='committees.clause')),
                        ('clause_number', models.CharField(blank=True, max_length=10)),
                        ('measure', models.CharField(blank=True, choices=[('seat_filled', 'The seat is filled'), ('steering', 'Information security is steered'), ('objectives', 'Security objectives are set and followed'), ('weighed_decisions', 'Decisions weigh security, usability and economy'), ('ownership', 'Data, systems and archives have owners'), ('owner_guidelines', 'Guidelines for owners exist'), ('owner_documentation', 'Owners have made their documentation'), ('awareness_training', 'Employees are trained and informed'), ('continuity_plans', 'Continuity plans exist'), ('continuity_test', 'Continuity is tested'), ('management_support', 'The management stands behind the work'), ('chair_mandate', 'The chair may approve'), ('policy_framework', 'The framework of the security policy is laid down'), ('risk_level', 'The risk level is approved'), ('policy_revision', 'The security policy is revised'), ('underlying_policies', 'Underlying policies are approved'), ('incident_evaluation', 'Incidents are evaluated'), ('quarterly_status', 'The security status is approved'), ('project_status', 'The status of security projects is approved'), ('awareness_evaluation', 'Awareness is evaluated'), ('audit_evaluation', 'Internal audits are evaluated'), ('meetings_per_year', 'Number of meetings a year'), ('calendar_horizon', 'The meeting calendar reaches far enough'), ('agenda_minutes', 'Agenda: minutes of the last meeting'), ('agenda_ongoing', 'Agenda: ongoing work'), ('agenda_incidents', 'Agenda: incidents'), ('agenda_year_wheel', 'Agenda: tasks of the year wheel'), ('agenda_coming_tasks', 'Agenda: tasks of the coming quarter'), ('agenda_policies', 'Agenda: policies and guidelines'), ('executive_reporting', 'Reports to the executive board'), ('agenda_any_other_business', 'Agenda: any other business')], max_length=40)),
                        ('default_key', models.CharField(blank=True, max_length=40)),
                        ('kind', models.CharField(choices=[('wheel', 'Year wheel'), ('plan', 'Annual plan')], max_length=10, verbose_name='kind')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('method', models.TextField(blank=True, verbose_name='method')),
                        ('success', models.TextField(blank=True, verbose_name='when is it well done')),
                        ('evidence_wanted', models.TextField(blank=True, verbose_name='evidence asked for')),
                        ('by_decision', models.BooleanField(default=False)),
                        ('lead_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='lead time in days')),
                        ('responsible_seat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='committees.seat')),
                        ('responsible_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to=settings.AUTH_USER_MODEL)),
                        ('feeds', models.CharField(blank=True, choices=[('seat_filled', 'The seat is filled'), ('steering', 'Information security is steered'), ('objectives', 'Security objectives are set and followed'), ('weighed_decisions', 'Decisions weigh security, usability and economy'), ('ownership', 'Data, systems and archives have owners'), ('owner_guidelines', 'Guidelines for owners exist'), ('owner_documentation', 'Owners have made their documentation'), ('awareness_training', 'Employees are trained and informed'), ('continuity_plans', 'Continuity plans exist'), ('continuity_test', 'Continuity is tested'), ('management_support', 'The management stands behind the work'), ('chair_mandate', 'The chair may approve'), ('policy_framework', 'The framework of the security policy is laid down'), ('risk_level', 'The risk level is approved'), ('policy_revision', 'The security policy is revised'), ('underlying_policies', 'Underlying policies are approved'), ('incident_evaluation', 'Incidents are evaluated'), ('quarterly_status', 'The security status is approved'), ('project_status', 'The status of security projects is approved'), ('awareness_evaluation', 'Awareness is evaluated'), ('audit_evaluation', 'Internal audits are evaluated'), ('meetings_per_year', 'Number of meetings a year'), ('calendar_horizon', 'The meeting calendar reaches far enough'), ('agenda_minutes', 'Agenda: minutes of the last meeting'), ('agenda_ongoing', 'Agenda: ongoing work'), ('agenda_incidents', 'Agenda: incidents'), ('agenda_year_wheel', 'Agenda: tasks of the year wheel'), ('agenda_coming_tasks', 'Agenda: tasks of the coming quarter'), ('agenda_policies', 'Agenda: policies and guidelines'), ('executive_reporting', 'Reports to the executive board'), ('agenda_any_other_business', 'Agenda: any other business')], max_length=40, verbose_name='agenda item it feeds')),
                        ('begins', models.DateField(verbose_name='begins')),
                        ('ended_on', models.DateField(null=True)),
                        ('ended_because', models.CharField(blank=True, max_length=1000)),
                        ('created_at', models.DateTimeField(editable=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('tags', models.ManyToManyField(related_name='duties', to='yearwheel.tag')),
                    ],
                    options={
                        'verbose_name': 'duty',
                        'ordering': ['title', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='DutyCadence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cadences', to='yearwheel.duty')),
                        ('applies_from', models.DateField()),
                        ('rhythm', models.CharField(choices=[('interval', 'At fixed intervals'), ('meeting', 'At each meeting'), ('event', 'When it happens'), ('once', 'Once')], max_length=10)),
                        ('interval_months', models.PositiveSmallIntegerField(null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)])),
                        ('anchor', models.DateField(null=True)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('anchor__isnull', False), ('interval_months__gte', 1), ('interval_months__isnull', False), ('rhythm', 'interval')), models.Q(('anchor__isnull', False), ('interval_months', None), ('rhythm', 'once')), models.Q(('anchor', None), ('interval_months', None), ('rhythm__in', ['meeting', 'event'])), _connector='OR'), name='cadence_has_what_its_rhythm_needs')],
                    },
                ),
                migrations.CreateModel(
                    name='Evidence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('occurrence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='yearwheel.occurrence')),
                        ('kind', models.CharField(choices=[('link', 'Link'), ('file', 'File'), ('row', 'Page of this program')], max_length=10)),
                        ('label', models.CharField(max_length=200)),
                        ('url', models.CharField(blank=True, max_length=2000)),
                        ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                        ('object_kind', models.CharField(blank=True, max_length=60)),
                        ('object_id', models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('kind', 'file')), models.Q(('file', None), ('kind__in', ['link', 'row']), models.Q(('url', ''), _negated=True)), _connector='OR'), name='evidence_leads_somewhere')],
                    },
                ),
                migrations.CreateModel(
                    name='Move',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('occurrence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='yearwheel.occurrence')),
                        ('from_day', models.DateField()),
                        ('to_day', models.DateField()),
                        ('because', models.CharField(max_length=1000)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Occurrence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occurrences', to='yearwheel.duty')),
                        ('number', models.PositiveIntegerField()),
                        ('rhythm', models.CharField(choices=[('interval', 'At fixed intervals'), ('meeting', 'At each meeting'), ('event', 'When it happens'), ('once', 'Once')], max_length=10)),
                        ('nominal', models.DateField()),
                        ('due', models.DateField(verbose_name='due')),
                        ('was_moved', models.BooleanField(default=False)),
                        ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wheel_occurrences', to='meetings.meeting')),
                        ('occasion', models.CharField(blank=True, max_length=1000)),
                        ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('skipped', 'Skipped')], default='open', max_length=10)),
                        ('result', models.CharField(blank=True, choices=[('', 'No result yet'), ('done', 'Done'), ('no_fault', 'No fault found'), ('minor', 'Minor faults'), ('critical', 'Critical faults')], max_length=10)),
                        ('conclusion', models.TextField(blank=True, verbose_name='conclusion')),
                        ('skipped_because', models.CharField(blank=True, max_length=1000)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('title_then', models.CharField(blank=True, max_length=200)),
                        ('responsible_then', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='past_occurrences', to=settings.AUTH_USER_MODEL)),
                        ('delegate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegated_occurrences', to=settings.AUTH_USER_MODEL)),
                        ('source', models.CharField(editable=False, max_length=80, null=True)),
                        ('source_link', models.CharField(editable=False, max_length=500, null=True)),
                        ('created_at', models.DateTimeField(editable=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'occurrence',
                        'ordering': ['due', 'pk'],
                        'indexes': [models.Index(fields=['state', 'due'], name='yearwheel_o_state_8f5a78_idx')],
                        'constraints': [models.UniqueConstraint(fields=('duty', 'number'), name='occurrence_number_once'), models.UniqueConstraint(condition=models.Q(('rhythm__in', ['interval', 'once'])), fields=('duty', 'nominal'), name='occurrence_of_a_day_once'), models.UniqueConstraint(condition=models.Q(('meeting__isnull', False)), fields=('duty', 'meeting'), name='occurrence_of_a_meeting_once'), models.UniqueConstraint(condition=models.Q(('rhythm__in', ['interval', 'once']), ('state', 'open')), fields=('duty',), name='one_open_occurrence_of_a_cadence'), models.UniqueConstraint(condition=models.Q(('source__isnull', False), ('state', 'open')), fields=('source',), name='one_open_occurrence_of_a_source'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('result', ''), ('state', 'open')), models.Q(('ended_at__isnull', False), ('result', ''), ('state', 'skipped')), models.Q(('ended_at__isnull', False), ('state', 'done'), models.Q(('result', ''), _negated=True)), _connector='OR'), name='occurrence_says_how_it_ended')],
                    },
                ),
                migrations.CreateModel(
                    name='Tag',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                        ('standard', models.CharField(blank=True, max_length=40)),
                        ('number', models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        'ordering': ['standard', 'name'],
                    },
                ),
            ],
        ),
    ]
