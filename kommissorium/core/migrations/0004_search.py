"""Passages of texts that can be searched, and the index over their words."""

from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables
from kommissorium.core.search.words import word_index


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_mailbox"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Passage",
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
                        ("kind", models.CharField(max_length=40)),
                        ("object_id", models.BigIntegerField()),
                        ("place", models.CharField(blank=True, max_length=100)),
                        ("title", models.CharField(max_length=200)),
                        ("heading", models.CharField(blank=True, max_length=500)),
                        ("text", models.TextField(blank=True)),
                        ("words", models.TextField()),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["kind", "object_id"], name="passage_of_object")
                        ],
                    },
                ),
            ]
        ),
        word_index(),
    ]
