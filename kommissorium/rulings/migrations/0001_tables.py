"""The tables of the room."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assets", "0003_demands"),
        ("committees", "0003_second_yes"),
        ("core", "0003_mailbox"),
        ("meetings", "0006_item_draft"),
        ("policies", "0002_freeze"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Dispensation",
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
                        ("heading", models.CharField(blank=True, max_length=200)),
                        ("heading_title", models.CharField(blank=True, max_length=200)),
                        ("made_at", models.DateTimeField()),
                        (
                            "lineage",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        (
                            "place",
                            models.CharField(
                                help_text="The place, the task or the equipment, in a few words.",
                                max_length=200,
                                verbose_name="where it is to hold",
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(verbose_name="why the rule cannot be followed"),
                        ),
                        (
                            "measure",
                            models.TextField(
                                help_text="The measure that makes up for the rule.",
                                verbose_name="what is done instead",
                            ),
                        ),
                        (
                            "last_day",
                            models.DateField(
                                help_text="At most two years ahead. What is to last is a change of the rule.",
                                verbose_name="last day",
                            ),
                        ),
                        ("ended_because", models.TextField(blank=True)),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assets.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "asset",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assets.asset",
                                verbose_name="system, data set or archive",
                            ),
                        ),
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
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="policies.document",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
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
                        "verbose_name": "dispensation",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Interpretation",
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
                        ("heading", models.CharField(blank=True, max_length=200)),
                        ("heading_title", models.CharField(blank=True, max_length=200)),
                        ("made_at", models.DateTimeField()),
                        ("question", models.TextField(verbose_name="question")),
                        (
                            "ruling",
                            models.TextField(
                                blank=True,
                                help_text="Everybody who reads the document sees it at the heading. Name no persons.",
                                verbose_name="how the rule is to be understood",
                            ),
                        ),
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
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="policies.document",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
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
                        "verbose_name": "interpretation",
                        "ordering": ["-pk"],
                    },
                ),
            ]
        ),
    ]
