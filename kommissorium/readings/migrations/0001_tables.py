"""Audiences and readings."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0003_demands"),
        ("policies", "0002_freeze"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Audience",
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
                                    ("everybody", "Everybody with a sign-in"),
                                    ("owners", "Owners of systems, data and archives"),
                                    ("heads", "Heads of areas"),
                                    ("committees", "Members of committees"),
                                    ("executive", "Members of the executive board"),
                                    ("area", "An area"),
                                ],
                                max_length=10,
                                verbose_name="whom it is for",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assets.area",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="audiences",
                                to="policies.document",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "kind", "area"), name="one_audience_of_a_group"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("area__isnull", False), ("kind", "area")),
                                    models.Q(
                                        models.Q(("kind", "area"), _negated=True), ("area", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="audience_of_an_area_names_it",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
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
                        ("at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="policy_readings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="policies.version",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "person"), name="one_policy_reading_of_a_version"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
