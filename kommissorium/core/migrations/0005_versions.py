"""The versions of rows of which it can be looked up what they held on a day."""

import django.db.models.deletion
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_search"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="RowVersion",
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
                        ("table", models.CharField(max_length=60)),
                        ("key", models.CharField(max_length=40)),
                        ("text", models.TextField()),
                        (
                            "event",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="core.event",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["event"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("table", "key", "event"), name="one_version_of_an_event"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
