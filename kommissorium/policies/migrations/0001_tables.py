"""The tables of the room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('committees', '0003_second_yes'),
        ('core', '0003_mailbox'),
        ('meetings', '0006_item_draft'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='LevelSettings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('overall', 'Overall policy'), ('policy', 'Policy'), ('guideline', 'Guideline'), ('procedure', 'Procedure')], max_length=10, unique=True, verbose_name='level')),
                        ('approval', models.CharField(choices=[('owner', 'The owner'), ('chair', 'The chair'), ('committee', 'The committee'), ('executive_board', 'The executive board'), ('finance_committee', 'The finance committee'), ('council', 'The municipal council')], max_length=20, verbose_name='approved by')),
                        ('review_months', models.PositiveSmallIntegerField(verbose_name='months between reviews')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'rule of a level',
                    },
                ),
                migrations.CreateModel(
                    name='Document',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('level', models.CharField(choices=[('overall', 'Overall policy'), ('policy', 'Policy'), ('guideline', 'Guideline'), ('procedure', 'Procedure')], max_length=10, verbose_name='level')),
                        ('audience', models.CharField(blank=True, max_length=200, verbose_name='whom it is for')),
                        ('approval', models.CharField(choices=[('owner', 'The owner'), ('chair', 'The chair'), ('committee', 'The committee'), ('executive_board', 'The executive board'), ('finance_committee', 'The finance committee'), ('council', 'The municipal council')], max_length=20, verbose_name='approved by')),
                        ('review_months', models.PositiveSmallIntegerField(verbose_name='months between reviews')),
                        ('is_measure', models.BooleanField(default=False, verbose_name='a measure that the management body approves (NIS 2 Act § 7)')),
                        ('tags', models.CharField(blank=True, help_text='Clauses and controls it meets, such as ISO 27002 5.1, with commas between.', max_length=300, verbose_name='requirements')),
                        ('is_retired', models.BooleanField(default=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='policies', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='policies.document', verbose_name='written under')),
                    ],
                    options={
                        'verbose_name': 'document',
                        'ordering': ['title'],
                    },
                ),
                migrations.CreateModel(
                    name='Version',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('approved', 'Approved'), ('dropped', 'Given up')], default='draft', max_length=10)),
                        ('proposed_at', models.DateTimeField(null=True)),
                        ('in_force_from', models.DateField(null=True)),
                        ('in_force_to', models.DateField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('number', models.PositiveSmallIntegerField(editable=False)),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('text', models.TextField(blank=True, verbose_name='text')),
                        ('file_name', models.CharField(blank=True, max_length=200)),
                        ('file_text', models.TextField(blank=True)),
                        ('change', models.CharField(choices=[('material', 'Material'), ('minor', 'Minor'), ('none', 'Unchanged')], default='material', max_length=10, verbose_name='how much it changes')),
                        ('change_because', models.TextField(blank=True, verbose_name='what is new, and why')),
                        ('review_ends', models.DateField(null=True, verbose_name='comments by')),
                        ('begins_on', models.DateField(null=True, verbose_name='takes effect')),
                        ('review_months', models.PositiveSmallIntegerField(default=12, editable=False)),
                        ('frame', models.JSONField(default=dict)),
                        ('hearing_on', models.DateField(null=True, verbose_name="hearing of the employees' side held on")),
                        ('notice_on', models.DateField(null=True, verbose_name='notice of control measures given on')),
                        ('hearing_note', models.TextField(blank=True, verbose_name='what the hearing and the notice came to')),
                        ('made_at', models.DateTimeField()),
                        ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('committee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committees.committee')),
                        ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.decision')),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='policies.document')),
                        ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                        ('risk_picture', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='one_version_of_a_number')],
                        'verbose_name': 'version',
                        'ordering': ['document', '-number'],
                    },
                ),
                migrations.CreateModel(
                    name='UpperDecision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('body', models.CharField(choices=[('owner', 'The owner'), ('chair', 'The chair'), ('committee', 'The committee'), ('executive_board', 'The executive board'), ('finance_committee', 'The finance committee'), ('council', 'The municipal council')], max_length=20, verbose_name='who decided')),
                        ('decided_on', models.DateField(verbose_name='decided on')),
                        ('case_number', models.CharField(max_length=60, verbose_name='case number')),
                        ('is_approved', models.BooleanField(verbose_name='approved')),
                        ('text', models.TextField(blank=True, verbose_name='what was decided')),
                        ('file_name', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='upper_decisions', to='policies.version')),
                    ],
                    options={
                        'verbose_name': 'decision of a body above the committee',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Reviewer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('asked_at', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviewers', to='policies.version')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('version', 'person'), name='asked_once_of_a_version')],
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Comment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('heading', models.CharField(blank=True, max_length=200)),
                        ('text', models.TextField(verbose_name='comment')),
                        ('at', models.DateTimeField()),
                        ('answer', models.TextField(blank=True, verbose_name='answer')),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='policies.version')),
                    ],
                    options={
                        'verbose_name': 'comment',
                        'ordering': ['pk'],
                    },
                ),
            ],
        ),
    ]
