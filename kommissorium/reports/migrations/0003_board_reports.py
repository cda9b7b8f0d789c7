"""The report to the executive board; approved it never changes, and what is noted of it never does."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables
from kommissorium.core.evidence.freeze_triggers import freeze_rows, freeze_table, refuse_new_rows

OF_REPORT = "(SELECT state FROM reports_boardreport WHERE id = {row}.report_id) = 'approved'"
OLD, NEW = OF_REPORT.format(row="OLD"), OF_REPORT.format(row="NEW")


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0003_second_yes"),
        ("core", "0002_freeze"),
        ("meetings", "0004_filing"),
        ("reports", "0002_freeze"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="BoardReport",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("proposed", "Proposed"),
                                    ("approved", "Approved"),
                                    ("dropped", "Given up"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(null=True)),
                        ("in_force_from", models.DateField(null=True)),
                        ("in_force_to", models.DateField(null=True)),
                        ("edit_version", models.PositiveIntegerField(default=1)),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="quarter")),
                        ("composed_at", models.DateTimeField()),
                        (
                            "open_record",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.record",
                            ),
                        ),
                        (
                            "word_file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "committee",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="committees.committee",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="meetings.decision",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="board_reports",
                                to="committees.committee",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.record",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report to the executive board",
                        "ordering": ["-year", "-number", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "dropped"), _negated=True),
                                fields=("of", "year", "number"),
                                name="one_board_report_of_a_quarter",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoardNote",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sent", "Sent"),
                                    ("received", "Received"),
                                    ("treated", "Treated"),
                                    ("comment", "Comment"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("how", models.CharField(blank=True, max_length=200)),
                        ("case_number", models.CharField(blank=True, max_length=60)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("noted", "Taken to note"),
                                    ("decided", "Decided"),
                                    ("sent_back", "Sent back"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("because", models.CharField(blank=True, max_length=300)),
                        ("is_taken_back", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="reports.boardnote",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="reports.boardreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "note on a report to the executive board",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="BoardReportPart",
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
                        ("code", models.CharField(max_length=40)),
                        ("place", models.PositiveSmallIntegerField()),
                        ("heading", models.CharField(max_length=200)),
                        ("content", models.JSONField(default=dict)),
                        ("proposed", models.TextField(blank=True)),
                        ("said", models.TextField(blank=True)),
                        ("is_empty", models.BooleanField(default=False)),
                        (
                            "closes",
                            models.CharField(
                                choices=[("whole", "The whole part"), ("table", "Its table alone")],
                                max_length=10,
                                null=True,
                            ),
                        ),
                        ("closed_ground", models.CharField(max_length=200, null=True)),
                        ("edit_version", models.PositiveIntegerField(default=1)),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="reports.boardreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part of a report to the executive board",
                        "ordering": ["place", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "code"), name="part_of_a_board_report_once"
                            )
                        ],
                    },
                ),
            ]
        ),
        freeze_rows("reports_boardreport", "OLD.state = 'approved'"),
        freeze_rows("reports_boardreportpart", OLD),
        refuse_new_rows("reports_boardreportpart", NEW, parent="report_id"),
        freeze_table("reports_boardnote", ["id", "corrects_id"]),
    ]
