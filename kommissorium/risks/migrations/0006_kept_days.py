"""The days whose figures are kept in the chain."""

import django.db.models.deletion
from django.db import migrations, models

from kommissorium.core.evidence.freezing import freeze_table


class Migration(migrations.Migration):
    dependencies = [("risks", "0005_pictures"), ("core", "0002_freeze")]

    operations = [
        migrations.CreateModel(
            "KeptDay",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.event",
                    ),
                ),
            ],
            options={"ordering": ["-day"]},
        ),
        freeze_table("risks_keptday", ["id", "day", "event_id"]),
    ]
