"""The tables of the room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('committees', '0003_second_yes'),
        ('core', '0004_search'),
        ('meetings', '0006_item_draft'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Project',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='project')),
                        ('goal', models.TextField(verbose_name='what is to be reached')),
                        ('budget', models.PositiveIntegerField(verbose_name='budget in kroner')),
                        ('begins', models.DateField(verbose_name='begins on')),
                        ('due', models.DateField(verbose_name='to be finished by')),
                        ('risks', models.JSONField(blank=True, default=list, verbose_name='risks it lowers')),
                        ('made_at', models.DateTimeField()),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ],
                    options={
                        'verbose_name': 'project',
                        'ordering': ['due', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Milestone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='milestone')),
                        ('due', models.DateField(verbose_name='to be reached by')),
                        ('reached_on', models.DateField(blank=True, null=True, verbose_name='reached on')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='projects.project')),
                    ],
                    options={
                        'verbose_name': 'milestone',
                        'ordering': ['due', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ProjectUpdate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('standing', models.CharField(choices=[('green', 'Green'), ('yellow', 'Yellow'), ('red', 'Red'), ('done', 'Finished'), ('stopped', 'Stopped')], max_length=10, verbose_name='how it stands')),
                        ('reason', models.TextField(help_text='What has happened, and what is the next step.', verbose_name='why')),
                        ('spent', models.PositiveIntegerField(verbose_name='spent so far, in kroner')),
                        ('asked', models.PositiveIntegerField(blank=True, help_text='Leave it empty where no more is needed. The executive board is told.', null=True, verbose_name='money asked for beyond the budget, in kroner')),
                        ('budget', models.PositiveIntegerField()),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='projects.project')),
                    ],
                    options={
                        'verbose_name': 'status of a project',
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='TechnicalMeasure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('area', models.CharField(blank=True, choices=[('antivirus', 'Antivirus'), ('firewall', 'Firewall'), ('antispam', 'Antispam'), ('antiphishing', 'Antiphishing'), ('encryption', 'Encryption'), ('network', 'Network security'), ('physical', 'Physical security')], max_length=20)),
                        ('name', models.CharField(blank=True, max_length=100, verbose_name='technical measure')),
                        ('figure_name', models.CharField(blank=True, help_text='Such as: computers with the newest protection.', max_length=100, verbose_name='what is counted')),
                        ('unit', models.CharField(blank=True, choices=[('', 'A number'), ('%', 'Per cent'), ('kr', 'Kroner')], max_length=2, verbose_name='unit')),
                        ('wanted', models.CharField(blank=True, choices=[('', 'Neither'), ('more', 'The more the better'), ('less', 'The less the better')], max_length=4, verbose_name='what is better')),
                        ('is_retired', models.BooleanField(default=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ],
                    options={
                        'verbose_name': 'technical measure',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('area', ''), _negated=True), fields=('area',), name='each_area_once')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkStatus',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('approved', 'Approved'), ('dropped', 'Given up')], default='draft', max_length=10)),
                        ('proposed_at', models.DateTimeField(null=True)),
                        ('in_force_from', models.DateField(null=True)),
                        ('in_force_to', models.DateField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('number', models.PositiveSmallIntegerField(verbose_name='quarter')),
                        ('conclusion', models.TextField(blank=True, verbose_name='what the status shows')),
                        ('effort', models.TextField(blank=True, verbose_name='what the next quarter is used for')),
                        ('made_at', models.DateTimeField()),
                        ('committee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committees.committee')),
                        ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.decision')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                    ],
                    options={
                        'verbose_name': 'status of the security work',
                        'ordering': ['-year', '-number', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('year', 'number'), name='a_quarter_has_one_work_status')],
                    },
                ),
                migrations.CreateModel(
                    name='MeasureState',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('light', models.CharField(blank=True, choices=[('', 'Not said yet'), ('green', 'Good'), ('yellow', 'Partly good'), ('red', 'Not good enough')], max_length=10, verbose_name='how it stands')),
                        ('text', models.TextField(blank=True, verbose_name='the state in words')),
                        ('figure', models.PositiveIntegerField(blank=True, null=True, verbose_name='figure')),
                        ('figure_name', models.CharField(blank=True, max_length=100)),
                        ('unit', models.CharField(blank=True, max_length=2)),
                        ('evidence', models.CharField(blank=True, help_text='A report, a test, a log: what it is and where it is kept.', max_length=200, verbose_name='what shows it')),
                        ('evidence_on', models.DateField(blank=True, null=True, verbose_name='date of what shows it')),
                        ('plan', models.TextField(blank=True, verbose_name='planned improvement')),
                        ('said_at', models.DateTimeField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='states', to='projects.technicalmeasure')),
                        ('status', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='projects.workstatus')),
                    ],
                    options={
                        'verbose_name': 'state of a technical measure',
                        'ordering': ['measure_id'],
                        'constraints': [models.UniqueConstraint(fields=('status', 'measure'), name='one_state_a_quarter')],
                    },
                ),
            ],
        ),
    ]
