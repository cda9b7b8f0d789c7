"""The tables of the room."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
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
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('sent_at', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Municipality',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, verbose_name='name of the municipality')),
                        ('mfa_required', models.BooleanField(default=True, verbose_name='two-step sign-in for everybody')),
                        ('anchor_email', models.EmailField(blank=True, max_length=254, verbose_name='mailbox for the daily anchor')),
                        ('is_demo', models.BooleanField(default=False)),
                        ('setup_finished_at', models.DateTimeField(null=True)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_municipality')],
                    },
                ),
                migrations.CreateModel(
                    name='OrganisationRole',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('administrator', 'Administrator'), ('coordinator', 'Information security coordinator'), ('executive', 'Member of the executive board'), ('auditor', 'Auditor'), ('dpo', 'Data protection officer')], max_length=20, verbose_name='role')),
                        ('from_date', models.DateField(verbose_name='from')),
                        ('to_date', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('from_because', models.CharField(blank=True, max_length=300)),
                        ('to_because', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['-from_date', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('to_date', None)), fields=('person', 'kind'), name='one_open_role_of_a_kind'), models.CheckConstraint(condition=models.Q(('to_date', None), ('to_date__gte', models.F('from_date')), _connector='OR'), name='role_ends_after_it_starts')],
                    },
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('pseudonym', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='e-mail')),
                        ('job_title', models.CharField(blank=True, max_length=120, verbose_name='job title')),
                        ('department', models.CharField(blank=True, max_length=120, verbose_name='department')),
                        ('language', models.CharField(choices=[('da', 'Danish'), ('en', 'English')], default='da', max_length=2, verbose_name='language')),
                        ('is_active', models.BooleanField(default=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('edit_version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'verbose_name': 'person',
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_person_per_email')],
                    },
                ),
            ],
        ),
    ]
