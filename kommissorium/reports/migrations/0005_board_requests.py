"""What a report asks the executive board for, frozen with it, and the board's answers, which never change."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables
from kommissorium.core.evidence.freeze_triggers import freeze_rows, freeze_table, refuse_new_rows

OF_REPORT = "(SELECT state FROM reports_boardreport WHERE id = {row}.report_id) = 'approved'"
OLD, NEW = OF_REPORT.format(row="OLD"), OF_REPORT.format(row="NEW")


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_year_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="BoardRequest",
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
                        ("place", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=240)),
                        ("kroner", models.PositiveBigIntegerField(null=True)),
                        ("otherwise", models.CharField(max_length=240)),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requests",
                                to="reports.boardreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request to the executive board",
                        "ordering": ["place"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "place"), name="request_of_a_report_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoardAnswer",
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
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("approved", "Approved"),
                                    ("refused", "Refused"),
                                    ("asked", "Question"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="reports.boardrequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer of the executive board",
                        "ordering": ["pk"],
                    },
                ),
            ]
        ),
        freeze_rows("reports_boardrequest", OLD),
        refuse_new_rows("reports_boardrequest", NEW, parent="report_id"),
        freeze_table("reports_boardanswer", ["id"]),
    ]
