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
        ('assets', '0003_demands'),
        ('committees', '0003_second_yes'),
        ('core', '0004_search'),
        ('meetings', '0006_item_draft'),
        ('tasks', '0001_tables'),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='ContinuityEvaluation',
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
                        ('test', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='continuity.continuitytest')),
                        ('learning', models.TextField(blank=True, verbose_name='what is learned of it')),
                        ('changes', models.TextField(blank=True, help_text='Leave it empty where the plans are right as they are.', verbose_name='what is changed in the plans')),
                        ('counts', models.BooleanField(default=False, help_text='Of a real activation alone.', verbose_name='the activation counts as a test')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'evaluation of a test',
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ContinuityFinding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(verbose_name='what was found')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.task')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='continuity.continuitytest')),
                    ],
                    options={
                        'verbose_name': 'finding',
                        'ordering': ['pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ContinuityPlan',
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
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='continuity.service')),
                        ('number', models.PositiveSmallIntegerField(editable=False)),
                        ('starts_when', models.TextField(blank=True, help_text='What must have happened, and who decides it.', verbose_name='when the plans are set going')),
                        ('contingency', models.TextField(blank=True, help_text='One step a line: who; what; where.', verbose_name='contingency plan: who leads and tells')),
                        ('no_contingency', models.TextField(blank=True, help_text='Only where the committee is to decide that the service needs no such plan.', verbose_name='why no contingency plan is needed')),
                        ('emergency', models.TextField(blank=True, help_text='One step a line: who; what; where.', verbose_name='emergency plan: how the work goes on by hand')),
                        ('no_emergency', models.TextField(blank=True, help_text='Only where the committee is to decide that the service needs no such plan.', verbose_name='why no emergency plan is needed')),
                        ('recovery', models.TextField(blank=True, help_text='One step a line: who; what; where.', verbose_name='re-establishment plan: how it is brought back')),
                        ('no_recovery', models.TextField(blank=True, help_text='Only where the committee is to decide that the service needs no such plan.', verbose_name='why no re-establishment plan is needed')),
                        ('change_because', models.TextField(blank=True, verbose_name='what is new, and why')),
                        ('improves', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='improved', to='continuity.continuitytest', verbose_name='takes up what a test showed')),
                        ('review_months', models.PositiveSmallIntegerField(default=12, editable=False)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'plans of a service',
                        'ordering': ['service', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('service', 'number'), name='one_continuity_plan_of_a_number')],
                    },
                ),
                migrations.CreateModel(
                    name='ContinuitySettings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('general_plan', models.CharField(blank=True, help_text='Its name and case number. Every plan refers to it.', max_length=200, verbose_name="the municipality's general contingency plan")),
                        ('general_link', models.CharField(blank=True, max_length=2000, verbose_name='where it is found')),
                        ('classification', models.CharField(blank=True, max_length=60, verbose_name='classification printed on the plans')),
                        ('review_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='months between reviews of a plan')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_row_of_continuity_settings')],
                    },
                ),
                migrations.CreateModel(
                    name='ContinuityTest',
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
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='continuity.continuitytestplan')),
                        ('sort', models.CharField(choices=[('desk', 'Desk test'), ('restore', 'Technical restore'), ('crisis', 'Crisis staff exercise'), ('alarm', 'Test of the alarm list'), ('activation', 'Real activation')], max_length=10, verbose_name='kind')),
                        ('notice', models.CharField(choices=[('announced', 'Announced'), ('unannounced', 'Unannounced')], max_length=11, verbose_name='notice')),
                        ('service', models.ForeignKey(blank=True, help_text='None is the whole municipality.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tests', to='continuity.service', verbose_name='service')),
                        ('scenario', models.TextField(verbose_name='scenario')),
                        ('participants', models.TextField(verbose_name='who takes part')),
                        ('actual_rto', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(8760)], verbose_name='ran again after (hours)')),
                        ('actual_rpo', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(8760)], verbose_name='data that were lost (hours)')),
                        ('target_rto', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(8760)], verbose_name='was to run again within (hours)')),
                        ('target_rpo', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(8760)], verbose_name='data that could be lost (hours)')),
                        ('origin', models.CharField(editable=False, max_length=60, null=True)),
                    ],
                    options={
                        'verbose_name': 'test',
                        'ordering': ['planned_for', 'pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ContinuityTestPlan',
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
                        'verbose_name': 'plan of tests',
                        'ordering': ['-year', '-pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PaperCopy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='continuity.service', verbose_name='plans of')),
                        ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who holds it')),
                        ('place', models.CharField(help_text='Such as the red binder at the duty desk.', max_length=200, verbose_name='where it lies')),
                        ('printed_on', models.DateField(verbose_name='printed on')),
                        ('returned_on', models.DateField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'paper copy',
                        'ordering': ['printed_on', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Service',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='service or process')),
                        ('impact', models.TextField(blank=True, help_text='For whom, and after how long.', verbose_name='what happens when it stops')),
                        ('criticality', models.CharField(blank=True, choices=[('', 'Not assessed'), ('society', 'Critical to society'), ('business', 'Critical to business'), ('none', 'Not critical')], max_length=10, verbose_name='criticality')),
                        ('mtd', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(8760)], verbose_name='longest tolerable downtime (hours)')),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.area', verbose_name='area')),
                        ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who answers for it')),
                        ('calls', models.TextField(blank=True, help_text='One a line: who; phone number; when they can be reached. All plans of the service say it.', verbose_name='who is phoned, in this order')),
                        ('is_retired', models.BooleanField(default=False)),
                        ('retired_because', models.TextField(blank=True, verbose_name='why it is taken out')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('systems', models.ManyToManyField(blank=True, related_name='+', to='assets.asset')),
                    ],
                    options={
                        'verbose_name': 'service',
                        'ordering': ['title', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('mtd', None), models.Q(('mtd__gte', 1), ('mtd__lte', 8760)), _connector='OR'), name='mtd_is_some_hours')],
                    },
                ),
            ],
        ),
    ]
