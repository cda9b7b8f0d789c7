"""The tables of the room."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_tables'),
        ('committees', '0001_tables'),
        ('core', '0001_tables'),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Agreement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='assets.supplier')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('signed_on', models.DateField(blank=True, null=True, verbose_name='signed')),
                        ('expires_on', models.DateField(blank=True, null=True, verbose_name='expires')),
                        ('url', models.CharField(blank=True, max_length=2000, verbose_name='link')),
                        ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                        ('file_name', models.CharField(blank=True, max_length=200)),
                        ('oversight_model', models.CharField(blank=True, choices=[('isae_3000', 'ISAE 3000 report'), ('isae_3402', 'ISAE 3402 report'), ('own_control', "The supplier's own control"), ('written', 'Written questions'), ('visit', 'Visit'), ('shared', 'Shared oversight with other municipalities'), ('other', 'Other')], max_length=20, verbose_name='model of oversight')),
                        ('oversight_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(60)], verbose_name='months between oversight')),
                        ('next_oversight', models.DateField(blank=True, null=True, verbose_name='next oversight')),
                        ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='overseen_agreements', to=settings.AUTH_USER_MODEL)),
                        ('ended_on', models.DateField(null=True)),
                        ('ended_because', models.CharField(blank=True, max_length=1000)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'data processing agreement',
                        'ordering': ['title', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Area',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                        ('head', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='headed_areas', to=settings.AUTH_USER_MODEL)),
                        ('closed_on', models.DateField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'area',
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Asked',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='assets.round')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attestations', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('reminded_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['person__name', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='one_request_of_a_person')],
                    },
                ),
                migrations.CreateModel(
                    name='Asset',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('system', 'IT system'), ('data_set', 'Data set'), ('archive', 'Physical archive')], max_length=10, verbose_name='kind')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('alias', models.CharField(blank=True, max_length=200, verbose_name='also called')),
                        ('local_id', models.CharField(blank=True, max_length=60, verbose_name='local ID')),
                        ('uuid', models.UUIDField(blank=True, null=True, verbose_name='UUID')),
                        ('purpose', models.TextField(blank=True, verbose_name='what it is used for')),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='assets.area', verbose_name='area')),
                        ('criticality', models.CharField(blank=True, choices=[('', 'Not assessed'), ('society', 'Critical to society'), ('business', 'Critical to business'), ('none', 'Not critical')], max_length=10, verbose_name='criticality')),
                        ('confidentiality', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Low'), (2, 'Medium'), (3, 'High'), (4, 'Very high')], null=True, verbose_name='confidentiality')),
                        ('integrity', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Low'), (2, 'Medium'), (3, 'High'), (4, 'Very high')], null=True, verbose_name='integrity')),
                        ('availability', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Low'), (2, 'Medium'), (3, 'High'), (4, 'Very high')], null=True, verbose_name='availability')),
                        ('mtd', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(8760)], verbose_name='longest tolerable downtime')),
                        ('rto', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(8760)], verbose_name='to be running again within')),
                        ('rpo', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(8760)], verbose_name='data that may be lost')),
                        ('personal_data', models.CharField(blank=True, max_length=60, verbose_name='personal data')),
                        ('kle', models.CharField(blank=True, max_length=8, verbose_name='KLE number')),
                        ('processing_record', models.CharField(blank=True, max_length=2000, verbose_name='record of processing activities')),
                        ('lifecycle', models.CharField(blank=True, choices=[('', 'Not stated'), ('planned', 'Planned'), ('phasing_in', 'Being phased in'), ('in_use', 'In use'), ('phasing_out', 'Being phased out'), ('out_of_use', 'Out of use')], max_length=15, verbose_name='lifecycle')),
                        ('retention', models.CharField(blank=True, max_length=200, verbose_name='kept for')),
                        ('preservation', models.CharField(blank=True, choices=[('', 'Not stated'), ('keep', 'To be preserved (B)'), ('discard', 'May be discarded (K)')], max_length=10, verbose_name='preservation')),
                        ('supplier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='assets.supplier', verbose_name='supplier')),
                        ('hosting', models.CharField(blank=True, choices=[('', 'Not stated'), ('own', 'Run by the municipality'), ('external', 'Run by others'), ('cloud', 'Cloud service')], max_length=10, verbose_name='run by')),
                        ('operator', models.CharField(blank=True, max_length=200, verbose_name='responsible for operations')),
                        ('contract', models.CharField(blank=True, max_length=2000, verbose_name='contract')),
                        ('contract_ends', models.DateField(blank=True, null=True, verbose_name='contract expires')),
                        ('bound_until', models.DateField(blank=True, null=True, verbose_name='contract binds until')),
                        ('uses_ai', models.CharField(blank=True, choices=[('', 'Not stated'), ('yes', 'Yes'), ('no', 'No')], max_length=3, verbose_name='uses artificial intelligence')),
                        ('is_accessible', models.CharField(blank=True, choices=[('', 'Not stated'), ('yes', 'Yes'), ('no', 'No')], max_length=3, verbose_name='meets the rules on web accessibility')),
                        ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                        ('contents', models.TextField(blank=True, verbose_name='contents')),
                        ('access', models.TextField(blank=True, verbose_name='access and keys')),
                        ('protection', models.TextField(blank=True, verbose_name='protection against fire and water')),
                        ('keeper', models.CharField(blank=True, max_length=200, verbose_name='keeper')),
                        ('registered_on', models.DateField(verbose_name='in the register since')),
                        ('ended_on', models.DateField(null=True, verbose_name='taken out of the register')),
                        ('ended_because', models.CharField(blank=True, max_length=1000)),
                        ('created_at', models.DateTimeField(editable=False)),
                        ('changed_at', models.DateTimeField(editable=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                        ('search', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(django.db.models.functions.text.Concat(django.db.models.functions.comparison.Cast('name', models.TextField()), models.Value(' ', output_field=models.TextField()), django.db.models.functions.comparison.Cast('alias', models.TextField()), models.Value(' ', output_field=models.TextField()), django.db.models.functions.comparison.Cast('local_id', models.TextField()), models.Value(' ', output_field=models.TextField()), django.db.models.functions.comparison.Cast('purpose', models.TextField()), models.Value(' ', output_field=models.TextField()), django.db.models.functions.comparison.Cast('place', models.TextField()), models.Value(' ', output_field=models.TextField()), django.db.models.functions.comparison.Cast('contents', models.TextField()), models.Value(' ', output_field=models.TextField()))), models.Value('Æ', output_field=models.TextField()), models.Value('æ', output_field=models.TextField())), models.Value('Ø', output_field=models.TextField()), models.Value('ø', output_field=models.TextField())), models.Value('Å', output_field=models.TextField()), models.Value('å', output_field=models.TextField())), models.Value('Ä', output_field=models.TextField()), models.Value('ä', output_field=models.TextField())), models.Value('Ö', output_field=models.TextField()), models.Value('ö', output_field=models.TextField())), models.Value('Ü', output_field=models.TextField()), models.Value('ü', output_field=models.TextField())), models.Value('É', output_field=models.TextField()), models.Value('é', output_field=models.TextField())), output_field=models.TextField())),
                        ('name_order', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower('name'), models.Value('æ'), models.Value('zz1')), models.Value('Æ'), models.Value('zz1')), models.Value('ø'), models.Value('zz2')), models.Value('Ø'), models.Value('zz2')), models.Value('å'), models.Value('zz3')), models.Value('Å'), models.Value('zz3')), output_field=models.TextField())),
                        ('used_by', models.ManyToManyField(blank=True, related_name='used_assets', to='assets.area')),
                        ('agreements', models.ManyToManyField(blank=True, related_name='assets', to='assets.agreement')),
                    ],
                    options={
                        'verbose_name': 'asset',
                        'ordering': ['name', 'pk'],
                        'indexes': [models.Index(fields=['ended_on', 'kind', 'name'], name='assets_asse_ended_o_a3d396_idx'), models.Index(fields=['ended_on', 'name'], name='assets_asse_ended_o_863fe9_idx'), models.Index(fields=['ended_on', 'name_order'], name='assets_asse_ended_o_fc1705_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('uuid__isnull', False)), fields=('uuid',), name='one_asset_of_a_uuid'), models.UniqueConstraint(condition=models.Q(('local_id', ''), _negated=True), fields=('kind', 'local_id'), name='one_asset_of_a_local_id')],
                    },
                ),
                migrations.CreateModel(
                    name='AssetDocument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='assets.asset')),
                        ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='assets.documenttype')),
                        ('source', models.CharField(choices=[('file', 'File'), ('link', 'Link'), ('row', 'Page of this program')], max_length=10)),
                        ('label', models.CharField(max_length=200)),
                        ('url', models.CharField(blank=True, max_length=2000)),
                        ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                        ('object_kind', models.CharField(blank=True, max_length=60)),
                        ('object_id', models.CharField(blank=True, max_length=40)),
                        ('dated_on', models.DateField()),
                        ('review_by', models.DateField(null=True)),
                        ('by_register', models.BooleanField(default=False)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-added_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('source', 'file')), models.Q(('file', None), ('source__in', ['link', 'row']), models.Q(('url', ''), _negated=True)), _connector='OR'), name='document_leads_somewhere')],
                    },
                ),
                migrations.CreateModel(
                    name='Completeness',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('is_whole', models.BooleanField(default=False)),
                        ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='completeness', to='assets.area')),
                        ('systems', models.PositiveIntegerField(default=0)),
                        ('data_sets', models.PositiveIntegerField(default=0)),
                        ('archives', models.PositiveIntegerField(default=0)),
                        ('systems_owned', models.PositiveIntegerField(default=0)),
                        ('data_sets_owned', models.PositiveIntegerField(default=0)),
                        ('archives_owned', models.PositiveIntegerField(default=0)),
                        ('data_systems', models.PositiveIntegerField(default=0)),
                        ('data_systems_owned', models.PositiveIntegerField(default=0)),
                        ('unclassified', models.PositiveIntegerField(default=0)),
                        ('required', models.PositiveIntegerField(default=0)),
                        ('current', models.PositiveIntegerField(default=0)),
                        ('expired', models.PositiveIntegerField(default=0)),
                        ('owners', models.PositiveIntegerField(default=0)),
                        ('owners_read', models.PositiveIntegerField(default=0)),
                        ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.event')),
                    ],
                    options={
                        'ordering': ['-day', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('is_whole', True)), fields=('day',), name='one_whole_of_a_day'), models.UniqueConstraint(condition=models.Q(('area__isnull', False)), fields=('day', 'area'), name='one_figure_of_an_area'), models.UniqueConstraint(condition=models.Q(('area', None), ('is_whole', False)), fields=('day',), name='one_figure_without_area')],
                    },
                ),
                migrations.CreateModel(
                    name='Demand',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='demands', to='assets.documenttype')),
                        ('kind', models.CharField(choices=[('system', 'IT system'), ('data_set', 'Data set'), ('archive', 'Physical archive')], max_length=10)),
                        ('criticality', models.CharField(blank=True, max_length=10)),
                        ('data', models.CharField(choices=[('any', 'Whatever data it holds'), ('personal', 'Only with personal data'), ('sensitive', 'Only with sensitive personal data')], max_length=10)),
                    ],
                    options={
                        'ordering': ['type__position', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('type', 'kind', 'criticality'), name='one_demand_of_a_cell')],
                    },
                ),
                migrations.CreateModel(
                    name='DocumentType',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(blank=True, max_length=30)),
                        ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                        ('guidance', models.TextField(blank=True, verbose_name='what it should tell')),
                        ('review_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MaxValueValidator(120)], verbose_name='to be reviewed after')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('is_retired', models.BooleanField(default=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'kind of document',
                        'ordering': ['position', 'name'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('name', ''), _negated=True), fields=('name',), name='one_document_type_of_a_name'), models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='one_document_type_of_a_code'), models.CheckConstraint(condition=models.Q(('code', ''), ('name', ''), _negated=True), name='document_type_has_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Oversight',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='oversights', to='assets.agreement')),
                        ('model', models.CharField(choices=[('isae_3000', 'ISAE 3000 report'), ('isae_3402', 'ISAE 3402 report'), ('own_control', "The supplier's own control"), ('written', 'Written questions'), ('visit', 'Visit'), ('shared', 'Shared oversight with other municipalities'), ('other', 'Other')], max_length=20, verbose_name='model')),
                        ('done_on', models.DateField(verbose_name='done')),
                        ('due', models.DateField(null=True)),
                        ('result', models.CharField(choices=[('no_fault', 'Nothing to remark'), ('minor', 'Minor remarks'), ('critical', 'Critical remarks')], max_length=10, verbose_name='result')),
                        ('conclusion', models.TextField(verbose_name='conclusion')),
                        ('url', models.CharField(blank=True, max_length=2000)),
                        ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                        ('file_name', models.CharField(blank=True, max_length=200)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-done_on', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Ownership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ownerships', to='assets.asset')),
                        ('role', models.CharField(choices=[('data_owner', 'Data owner'), ('system_owner', 'System owner'), ('manager', 'Manager'), ('archive_owner', 'Archive owner')], max_length=15, verbose_name='role')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ownerships', to=settings.AUTH_USER_MODEL)),
                        ('from_date', models.DateField(verbose_name='from')),
                        ('to_date', models.DateField(blank=True, null=True, verbose_name='until')),
                    ],
                    options={
                        'ordering': ['-from_date', '-pk'],
                        'indexes': [models.Index(fields=['person', 'to_date'], name='assets_owne_person__eaccd6_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('to_date', None)), fields=('asset', 'role'), name='one_open_ownership_of_a_role'), models.CheckConstraint(condition=models.Q(('to_date', None), ('to_date__gte', models.F('from_date')), _connector='OR'), name='ownership_ends_after_it_starts')],
                    },
                ),
                migrations.CreateModel(
                    name='RegisterSettings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('committee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='committees.committee')),
                        ('many_assets', models.PositiveSmallIntegerField(default=25, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(1000)], verbose_name='an owner has many from')),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_row_of_register_settings')],
                    },
                ),
                migrations.CreateModel(
                    name='Relation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('from_asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations_out', to='assets.asset')),
                        ('kind', models.CharField(choices=[('stored_in', 'is stored in'), ('feeds', 'gives data to'), ('backed_up_by', 'is backed up by'), ('runs_on', 'runs on')], max_length=15, verbose_name='relation')),
                        ('to_asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations_in', to='assets.asset')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('from_asset', 'kind', 'to_asset'), name='one_relation_of_a_kind'), models.CheckConstraint(condition=models.Q(('from_asset', models.F('to_asset')), _negated=True), name='no_relation_to_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='Required',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='required', to='assets.asset')),
                        ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='required', to='assets.documenttype')),
                        ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.assetdocument')),
                        ('review_by', models.DateField(null=True)),
                        ('waived_because', models.CharField(blank=True, max_length=1000)),
                        ('waived_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('waived_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['type__position', 'pk'],
                        'indexes': [models.Index(fields=['review_by'], name='assets_requ_review__78a77b_idx'), models.Index(condition=models.Q(('document', None), ('waived_at', None)), fields=['asset'], name='required_missing'), models.Index(condition=models.Q(('document__isnull', False), ('waived_at', None)), fields=['asset', 'review_by'], name='required_held')],
                        'constraints': [models.UniqueConstraint(fields=('asset', 'type'), name='one_required_of_a_type')],
                    },
                ),
                migrations.CreateModel(
                    name='Round',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=120, verbose_name='title')),
                        ('opened_at', models.DateTimeField()),
                        ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('due', models.DateField(verbose_name='answers by')),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.record')),
                        ('open_mark', models.BooleanField(default=True, null=True, unique=True)),
                        ('asked_count', models.PositiveIntegerField(null=True)),
                        ('answered_count', models.PositiveIntegerField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'attestation',
                        'ordering': ['-opened_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('open_mark', True)), models.Q(('closed_at__isnull', False), ('open_mark', None)), _connector='OR'), name='open_round_is_marked')],
                    },
                ),
                migrations.CreateModel(
                    name='Statement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('asked', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='assets.asked')),
                        ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='assets.asset')),
                        ('role', models.CharField(choices=[('data_owner', 'Data owner'), ('system_owner', 'System owner'), ('manager', 'Manager'), ('archive_owner', 'Archive owner')], max_length=15)),
                        ('answer', models.CharField(blank=True, choices=[('', 'Not answered'), ('correct', 'Correct'), ('change', 'Something is to be corrected'), ('not_mine', 'Not mine any more')], max_length=10)),
                        ('note', models.CharField(blank=True, max_length=1000)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('settled_at', models.DateTimeField(null=True)),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('settlement', models.CharField(blank=True, max_length=1000)),
                        ('asset_version', models.PositiveIntegerField(null=True)),
                    ],
                    options={
                        'ordering': ['asset__name', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('asked', 'asset', 'role'), name='one_statement_of_a_role')],
                    },
                ),
                migrations.CreateModel(
                    name='Supplier',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, unique=True, verbose_name='name')),
                        ('cvr', models.CharField(blank=True, max_length=8, verbose_name='CVR number')),
                        ('contact', models.CharField(blank=True, max_length=200, verbose_name='contact')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('closed_on', models.DateField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'supplier',
                        'ordering': ['name'],
                    },
                ),
            ],
        ),
    ]
