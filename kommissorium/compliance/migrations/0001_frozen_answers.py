"""Answers that are frozen never change."""

import django.db.models.deletion
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables
from kommissorium.core.evidence.freeze_triggers import freeze_table


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("committees", "0004_ends_at_once"),
        ("core", "0008_stamps"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="FrozenAnswer",
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
                        ("on", models.DateField()),
                        ("frozen_on", models.DateField()),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("month_end", "when the month had ended"),
                                    ("meeting", "when minutes were approved"),
                                    ("download", "when it was taken out as a file"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("states", models.JSONField(default=dict)),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="committees.committee",
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="committees.mandate",
                            ),
                        ),
                        (
                            "record",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.record",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                fields=["committee", "on"], name="compliance_answer_day"
                            )
                        ],
                    },
                )
            ]
        ),
        freeze_table("compliance_frozenanswer", ["id", "record_id"]),
    ]
