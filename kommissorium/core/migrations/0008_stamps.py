"""Time stamps of the anchors, by an authority. They never change."""

import django.db.models.deletion
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables
from kommissorium.core.evidence.freeze_triggers import freeze_table


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_versions_without_text"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Stamp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("answer", models.BinaryField()),
                        (
                            "anchor",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, to="core.anchor"
                            ),
                        ),
                    ],
                    options={"ordering": ["anchor"]},
                ),
            ]
        ),
        freeze_table("core_stamp", ["id", "anchor_id"]),
    ]
