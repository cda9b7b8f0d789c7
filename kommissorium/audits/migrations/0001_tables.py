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
                    name='Answer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='audits.auditfinding')),
                        ('cause', models.TextField(verbose_name='why it is so')),
                        ('remedy', models.TextField(verbose_name='what is done about it')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'answer',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Audit',
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
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='audits.auditplan')),
                        ('area', models.ForeignKey(blank=True, help_text='None is the whole municipality.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.area', verbose_name='area')),
                        ('clauses', models.CharField(blank=True, help_text='Their numbers, with commas between: R4, T2. None means all.', max_length=200, verbose_name='clauses of the mandate')),
                        ('controls', models.CharField(blank=True, help_text='Their numbers, with commas between: 5.15, 8.13. None means all.', max_length=300, verbose_name='ISO 27002 controls')),
                        ('auditor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='auditor')),
                        ('independence', models.TextField(blank=True, help_text='What the auditor has to do with what is audited, and that it is nothing.', verbose_name='why the auditor is independent')),
                        ('first_day', models.DateField(blank=True, help_text='From this day to the last one the auditor reads what the scope needs.', null=True, verbose_name="auditor's first day")),
                        ('last_day', models.DateField(blank=True, null=True, verbose_name="auditor's last day")),
                    ],
                    options={
                        'verbose_name': 'audit',
                        'ordering': ['planned_for', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('first_day', None), ('last_day__gte', models.F('first_day')), _connector='OR'), name='audit_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditEvaluation',
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
                        ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='audits.audit')),
                        ('judgement', models.TextField(blank=True, verbose_name='what the audit shows')),
                        ('effort', models.TextField(blank=True, verbose_name='what comes of it')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'evaluation of an audit',
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='AuditFinding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(verbose_name='what was found')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.task')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='audits.audit')),
                        ('sort', models.CharField(choices=[('nonconformity', 'Nonconformity'), ('observation', 'Observation'), ('improvement', 'Improvement')], default='observation', max_length=15, verbose_name='kind')),
                        ('severity', models.PositiveSmallIntegerField(choices=[(1, 'Low'), (2, 'Medium'), (3, 'High')], default=1, verbose_name='severity')),
                        ('reference', models.CharField(blank=True, default='', max_length=60, verbose_name='which clause or control')),
                        ('asset', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.asset', verbose_name='system')),
                    ],
                    options={
                        'verbose_name': 'finding',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='AuditPlan',
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
                        'verbose_name': 'plan of audits',
                        'ordering': ['-year', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='AuditReading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('audit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='audits.audit')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('what', models.CharField(choices=[('audit', 'The audit'), ('material', 'The material'), ('report', 'The report'), ('finding', 'A finding'), ('file', 'A file that shows it')], max_length=10)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'indexes': [models.Index(fields=['audit', 'person', 'what', 'at'], name='audits_audi_audit_i_db05f2_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('audit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='audits.audit')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'report of an audit',
                    },
                ),
                migrations.CreateModel(
                    name='AuditSettings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(36)], verbose_name='months within which an audit is held and evaluated')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_row_of_audit_settings')],
                    },
                ),
                migrations.CreateModel(
                    name='CheckLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('audit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='audits.audit')),
                        ('text', models.CharField(max_length=300, verbose_name='what is looked at')),
                        ('outcome', models.CharField(blank=True, choices=[('', 'Not looked at'), ('met', 'As it should be'), ('not_met', 'Not as it should be'), ('not_relevant', 'Not relevant')], default='', max_length=15, verbose_name='what it showed')),
                        ('note', models.TextField(blank=True, verbose_name='what was seen')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'line of the checklist',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('audit', 'text'), name='once_on_a_checklist')],
                    },
                ),
                migrations.CreateModel(
                    name='Closure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='audits.auditfinding')),
                        ('evidence', models.TextField(help_text='What shows it, and where the auditor can see it.', verbose_name='evidence')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('verdict', models.CharField(choices=[('asked', 'Waits for the auditor'), ('accepted', 'Accepted'), ('returned', 'Not accepted')], default='asked', max_length=10)),
                        ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('judged_at', models.DateTimeField(null=True)),
                        ('because', models.TextField(blank=True, verbose_name='why')),
                    ],
                    options={
                        'verbose_name': 'closure',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('verdict__in', ['asked', 'accepted'])), fields=('finding',), name='one_closure_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Sample',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='audits.audit')),
                        ('seed', models.CharField(max_length=32)),
                        ('population', models.JSONField()),
                        ('drawn', models.JSONField()),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'sample',
                        'ordering': ['pk'],
                    },
                ),
            ],
        ),
    ]
