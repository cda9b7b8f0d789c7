"""The tables of the room."""

import django.db.models.deletion
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='Anchor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField(unique=True)),
                        ('seq', models.BigIntegerField()),
                        ('hash', models.CharField(max_length=64)),
                    ],
                    options={
                        'ordering': ['-on'],
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('at', models.DateTimeField()),
                        ('actor', models.CharField(max_length=40)),
                        ('act', models.CharField(max_length=80)),
                        ('object_kind', models.CharField(max_length=60)),
                        ('object_id', models.CharField(max_length=40)),
                        ('facts', models.TextField()),
                        ('content_hash', models.CharField(max_length=64)),
                        ('seals', models.TextField()),
                        ('seals_hash', models.CharField(max_length=64)),
                        ('previous_hash', models.CharField(max_length=64, unique=True)),
                        ('hash', models.CharField(max_length=64, unique=True)),
                    ],
                    options={
                        'ordering': ['-seq'],
                        'indexes': [models.Index(fields=['object_kind', 'object_id', '-seq'], name='core_event_object__8c5c3c_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                        ('next_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('last_error', models.CharField(blank=True, max_length=300)),
                    ],
                ),
                migrations.CreateModel(
                    name='OutboxMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recipient', models.EmailField(max_length=254)),
                        ('kind', models.CharField(max_length=80)),
                        ('key', models.CharField(max_length=120)),
                        ('due', models.DateTimeField()),
                        ('subject', models.CharField(max_length=200)),
                        ('body', models.TextField()),
                        ('language', models.CharField(default='da', max_length=10)),
                        ('reply_to', models.EmailField(blank=True, max_length=254)),
                        ('thread', models.CharField(blank=True, max_length=120)),
                        ('calendar', models.BinaryField(null=True)),
                        ('calendar_method', models.CharField(blank=True, choices=[('REQUEST', 'Request'), ('CANCEL', 'Cancel')], max_length=10)),
                        ('message_id', models.CharField(max_length=120, unique=True)),
                        ('queued_at', models.DateTimeField()),
                        ('claimed_until', models.DateTimeField(null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('last_error', models.CharField(blank=True, max_length=300)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('given_up_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['sent_at', 'due'], name='core_outbox_sent_at_e747c6_idx'), models.Index(condition=models.Q(('thread', ''), _negated=True), fields=['recipient', 'thread'], name='mail_thread')],
                        'constraints': [models.UniqueConstraint(fields=('recipient', 'kind', 'key'), name='mail_once'), models.CheckConstraint(condition=models.Q(models.Q(('calendar', None), ('calendar_method', '')), models.Q(('calendar__isnull', False), ('calendar_method__in', ['REQUEST', 'CANCEL'])), _connector='OR'), name='calendar_with_method')],
                    },
                ),
                migrations.CreateModel(
                    name='Record',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=80)),
                        ('object_kind', models.CharField(max_length=60)),
                        ('object_id', models.CharField(max_length=40)),
                        ('at', models.DateTimeField()),
                        ('content', models.TextField()),
                        ('content_hash', models.CharField(max_length=64)),
                        ('pdf', models.BinaryField(null=True)),
                        ('pdf_hash', models.CharField(blank=True, max_length=64)),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='core.event')),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['object_kind', 'object_id'], name='core_record_object__bc67da_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Reminded',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recipient', models.EmailField(max_length=254)),
                        ('key', models.CharField(max_length=120)),
                        ('on', models.DateField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('recipient', 'key'), name='reminded_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Salt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('value', models.CharField(max_length=64)),
                    ],
                ),
                migrations.CreateModel(
                    name='StoredFile',
                    fields=[
                        ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('size', models.PositiveBigIntegerField()),
                        ('media_type', models.CharField(max_length=100)),
                        ('stored_at', models.DateTimeField()),
                    ],
                ),
            ],
        ),
    ]
