"""The tables of the room."""

import django.db.models.deletion
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_tables'),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name='DailyFigures',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('register', models.CharField(max_length=40)),
                        ('day', models.DateField()),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.event')),
                    ],
                    options={
                        'ordering': ['-day'],
                        'constraints': [models.UniqueConstraint(fields=('register', 'day'), name='one_figure_a_day')],
                    },
                ),
            ],
        ),
    ]
