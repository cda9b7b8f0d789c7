"""The tables of the room."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('assets', '0001_tables'),
        ('committees', '0001_tables'),
        ('core', '0001_tables'),
        ('meetings', '0001_tables'),
        ('registers', '0001_tables'),
        ('tasks', '0001_tables'),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Acceptance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('amount', models.PositiveBigIntegerField(verbose_name='accepted amount')),
                        ('budget_year', models.PositiveSmallIntegerField(verbose_name='budget year')),
                        ('conditions', models.TextField(blank=True, verbose_name='conditions')),
                        ('expires_on', models.DateField(verbose_name='holds until')),
                        ('capacity', models.CharField(choices=[('owner', 'Risk owner'), ('head', 'Head of the area'), ('chair', 'Chair of the committee'), ('committee', 'The committee'), ('executive', 'Executive board')], max_length=10, verbose_name='to be accepted by')),
                        ('state', models.CharField(choices=[('proposed', 'Proposed'), ('accepted', 'Accepted'), ('refused', 'Not accepted')], default='proposed', max_length=10)),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposed_acceptances', to=settings.AUTH_USER_MODEL)),
                        ('proposed_at', models.DateTimeField()),
                        ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given_acceptances', to=settings.AUTH_USER_MODEL)),
                        ('accepted_at', models.DateTimeField(null=True)),
                        ('refused_because', models.CharField(blank=True, max_length=1000)),
                        ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.decision')),
                        ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                        ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='risks.acceptance')),
                        ('ending', models.CharField(blank=True, choices=[('', 'Stands'), ('withdrawn', 'Withdrawn'), ('replaced', 'Replaced'), ('void', 'Void because the risk changed')], max_length=10)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_because', models.CharField(blank=True, max_length=1000)),
                    ],
                    options={
                        'verbose_name': 'risk acceptance',
                        'ordering': ['-proposed_at', '-pk'],
                        'indexes': [models.Index(fields=['budget_year', 'state'], name='risks_accep_budget__e058e6_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('accepted_at', None)), _connector='OR'), name='acceptance_says_when'), models.CheckConstraint(condition=models.Q(('accepted_by', None), models.Q(('accepted_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='four_eyes_on_an_acceptance')],
                    },
                ),
                migrations.CreateModel(
                    name='AcceptedRisk',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('acceptance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='risks.acceptance')),
                        ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='risks.scenario')),
                        ('lineage', models.UUIDField()),
                        ('likelihood', models.PositiveSmallIntegerField()),
                        ('consequence', models.PositiveSmallIntegerField()),
                        ('rank', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'ordering': ['pk'],
                        'indexes': [models.Index(fields=['lineage'], name='risks_accep_lineage_91dedd_idx')],
                        'constraints': [models.UniqueConstraint(fields=('acceptance', 'scenario'), name='one_risk_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Assessment',
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
                        ('scope', models.CharField(choices=[('asset', 'A system, data set or archive'), ('assets', 'A group of systems, data sets or archives'), ('process', 'A process'), ('area', 'An area'), ('organisation', 'The whole organisation')], max_length=15, verbose_name='what is assessed')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='assets.area')),
                        ('process', models.CharField(blank=True, max_length=200, verbose_name='process')),
                        ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='risks.scale')),
                        ('with_society', models.BooleanField(default=False, verbose_name='also weigh society and authenticity')),
                        ('assessed_on', models.DateField(verbose_name='assessed on')),
                        ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to=settings.AUTH_USER_MODEL)),
                        ('others', models.CharField(blank=True, max_length=500, verbose_name='others who took part')),
                        ('summary', models.TextField(blank=True, verbose_name='summary')),
                        ('previous', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='risks.assessment')),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(editable=False)),
                        ('assets', models.ManyToManyField(blank=True, related_name='assessments', to='assets.asset')),
                        ('participants', models.ManyToManyField(blank=True, related_name='joined_assessments', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'risk assessment',
                        'ordering': ['-assessed_on', '-pk'],
                        'indexes': [models.Index(fields=['in_force_to', 'in_force_from'], name='risks_asses_in_forc_c7e3dd_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('in_force_from__isnull', False), ('state', 'approved')), models.Q(models.Q(('state', 'approved'), _negated=True), ('in_force_from', None), ('in_force_to', None)), _connector='OR'), name='approved_assessment_is_in_force_from_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='AuthorityLimit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('capacity', models.CharField(choices=[('owner', 'Risk owner'), ('head', 'Head of the area'), ('chair', 'Chair of the committee'), ('committee', 'The committee'), ('executive', 'Executive board')], max_length=10, unique=True)),
                        ('per_risk', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='for one acceptance')),
                        ('per_year', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='in a budget year')),
                        ('highest_rank', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='CellChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('picture', models.CharField(choices=[('before', 'before treatment'), ('after', 'after treatment')], max_length=6)),
                        ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='risks.scale')),
                        ('group', models.CharField(max_length=15)),
                        ('consequence', models.PositiveSmallIntegerField()),
                        ('likelihood', models.PositiveSmallIntegerField()),
                        ('number', models.IntegerField()),
                        ('day', models.DateField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('day', 'picture', 'scale', 'group', 'consequence', 'likelihood'), name='one_change_of_a_cell_on_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='CellCount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('picture', models.CharField(choices=[('before', 'before treatment'), ('after', 'after treatment')], max_length=6)),
                        ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='risks.scale')),
                        ('group', models.CharField(max_length=15)),
                        ('consequence', models.PositiveSmallIntegerField()),
                        ('likelihood', models.PositiveSmallIntegerField()),
                        ('number', models.IntegerField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('picture', 'scale', 'group', 'consequence', 'likelihood'), name='one_count_of_a_cell')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportedAssessment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='imported', to='registers.importrun')),
                        ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='risks.assessment')),
                    ],
                ),
                migrations.CreateModel(
                    name='PlanAction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='risks.scenario')),
                        ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan_action', to='tasks.task')),
                        ('cost', models.PositiveBigIntegerField(null=True, verbose_name='cost')),
                        ('first_due', models.DateField()),
                        ('agreed_due', models.DateField(null=True)),
                        ('agreed_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.decision')),
                        ('expected_likelihood', models.PositiveSmallIntegerField(null=True)),
                        ('expected_consequence', models.PositiveSmallIntegerField(null=True)),
                        ('impossible_because', models.CharField(blank=True, max_length=1000)),
                        ('impossible_at', models.DateTimeField(null=True)),
                        ('impossible_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'action of a treatment plan',
                        'ordering': ['task__due', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='RiskLevel',
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
                        ('group', models.CharField(blank=True, choices=[('cyber', 'Cyber attacks'), ('people', 'People and mistakes'), ('measures', 'Measures that fail'), ('supplier', 'Suppliers'), ('system', 'Systems that fail'), ('physical', 'Physical events'), ('operations', 'Operations and organisation'), ('network', 'Clients and networks')], max_length=15, verbose_name='category')),
                        ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='risks.scale')),
                        ('statement', models.TextField(verbose_name='what the committee accepts')),
                        ('cells', models.JSONField()),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'risk level',
                        'ordering': ['-year', 'group', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Scale',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('family', models.CharField(max_length=30)),
                        ('version', models.PositiveSmallIntegerField(default=1)),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('size', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(5)], verbose_name='steps')),
                        ('likelihoods', models.JSONField()),
                        ('consequences', models.JSONField()),
                        ('bands', models.JSONField()),
                        ('cells', models.JSONField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('use_mark', models.BooleanField(default=None, null=True, unique=True)),
                    ],
                    options={
                        'verbose_name': 'scale',
                        'ordering': ['family', '-version'],
                        'constraints': [models.UniqueConstraint(fields=('family', 'version'), name='one_scale_of_a_version')],
                    },
                ),
                migrations.CreateModel(
                    name='Scenario',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scenarios', to='risks.assessment')),
                        ('lineage', models.UUIDField(default=uuid.uuid4, editable=False)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('threat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scenarios', to='risks.threat')),
                        ('group', models.CharField(max_length=15)),
                        ('title', models.CharField(max_length=200, verbose_name='what can happen')),
                        ('description', models.TextField(blank=True, verbose_name='how, and what it would mean')),
                        ('measures', models.TextField(blank=True, verbose_name='existing measures')),
                        ('likelihood', models.PositiveSmallIntegerField(null=True, verbose_name='likelihood')),
                        ('confidentiality_person', models.PositiveSmallIntegerField(null=True)),
                        ('integrity_person', models.PositiveSmallIntegerField(null=True)),
                        ('availability_person', models.PositiveSmallIntegerField(null=True)),
                        ('confidentiality_organisation', models.PositiveSmallIntegerField(null=True)),
                        ('integrity_organisation', models.PositiveSmallIntegerField(null=True)),
                        ('availability_organisation', models.PositiveSmallIntegerField(null=True)),
                        ('society', models.PositiveSmallIntegerField(null=True)),
                        ('authenticity', models.PositiveSmallIntegerField(null=True)),
                        ('consequence', models.PositiveSmallIntegerField(null=True)),
                        ('rank', models.PositiveSmallIntegerField(null=True)),
                        ('treatment', models.CharField(blank=True, choices=[('', 'Not decided'), ('accept', 'Accept'), ('avoid', 'Avoid'), ('share', 'Share'), ('mitigate', 'Mitigate')], max_length=10, verbose_name='treatment')),
                        ('treatment_note', models.TextField(blank=True, verbose_name='what is to be done')),
                        ('residual_likelihood', models.PositiveSmallIntegerField(null=True)),
                        ('residual_consequence', models.PositiveSmallIntegerField(null=True)),
                        ('residual_rank', models.PositiveSmallIntegerField(null=True)),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owned_risks', to=settings.AUTH_USER_MODEL)),
                        ('is_in_force', models.BooleanField(default=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('search', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(django.db.models.functions.text.Concat(django.db.models.functions.comparison.Cast('title', models.TextField()), models.Value(' ', output_field=models.TextField()), django.db.models.functions.comparison.Cast('description', models.TextField()), models.Value(' ', output_field=models.TextField()), django.db.models.functions.comparison.Cast('measures', models.TextField()), models.Value(' ', output_field=models.TextField()), django.db.models.functions.comparison.Cast('treatment_note', models.TextField()), models.Value(' ', output_field=models.TextField()))), models.Value('Æ', output_field=models.TextField()), models.Value('æ', output_field=models.TextField())), models.Value('Ø', output_field=models.TextField()), models.Value('ø', output_field=models.TextField())), models.Value('Å', output_field=models.TextField()), models.Value('å', output_field=models.TextField())), models.Value('Ä', output_field=models.TextField()), models.Value('ä', output_field=models.TextField())), models.Value('Ö', output_field=models.TextField()), models.Value('ö', output_field=models.TextField())), models.Value('Ü', output_field=models.TextField()), models.Value('ü', output_field=models.TextField())), models.Value('É', output_field=models.TextField()), models.Value('é', output_field=models.TextField())), output_field=models.TextField())),
                        ('title_order', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower('title'), models.Value('æ'), models.Value('zz1')), models.Value('Æ'), models.Value('zz1')), models.Value('ø'), models.Value('zz2')), models.Value('Ø'), models.Value('zz2')), models.Value('å'), models.Value('zz3')), models.Value('Å'), models.Value('zz3')), output_field=models.TextField())),
                    ],
                    options={
                        'verbose_name': 'risk',
                        'ordering': ['position', 'pk'],
                        'indexes': [models.Index(fields=['is_in_force', '-rank', '-consequence', '-likelihood', 'title_order'], name='risks_by_how_great_they_are'), models.Index(fields=['is_in_force', 'likelihood', 'consequence', 'title_order'], name='risks_of_a_cell'), models.Index(fields=['is_in_force', 'residual_likelihood', 'residual_consequence'], name='risks_scena_is_in_f_635bd8_idx'), models.Index(fields=['lineage', 'is_in_force', 'assessment', 'rank', 'group', 'consequence', 'likelihood'], name='risks_of_a_lineage'), models.Index(fields=['is_in_force', 'assessment', 'owner', 'treatment', 'group', 'rank', 'consequence', 'likelihood', 'residual_rank', 'residual_consequence', 'residual_likelihood', 'lineage'], name='risks_told_apart'), models.Index(fields=['is_in_force'], name='risks_in_the_order_written')],
                        'constraints': [models.UniqueConstraint(fields=('assessment', 'lineage'), name='one_scenario_of_a_lineage')],
                    },
                ),
                migrations.CreateModel(
                    name='Threat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(blank=True, max_length=30)),
                        ('group', models.CharField(choices=[('cyber', 'Cyber attacks'), ('people', 'People and mistakes'), ('measures', 'Measures that fail'), ('supplier', 'Suppliers'), ('system', 'Systems that fail'), ('physical', 'Physical events'), ('operations', 'Operations and organisation'), ('network', 'Clients and networks')], max_length=15, verbose_name='group')),
                        ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                        ('text', models.TextField(blank=True, verbose_name='how it can happen')),
                        ('kinds', models.CharField(blank=True, max_length=60)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('is_retired', models.BooleanField(default=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'threat',
                        'ordering': ['group', 'position', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='one_threat_of_a_code'), models.CheckConstraint(condition=models.Q(('code', ''), ('name', ''), _negated=True), name='threat_has_a_name')],
                    },
                ),
            ],
        ),
    ]
