"""What a decision weighed, noted afterwards: written once, never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables
from kommissorium.core.evidence.freeze_triggers import freeze_table


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_freeze"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="LaterWeighing",
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
                            "security",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("stronger", "Stronger"),
                                    ("unchanged", "Unchanged"),
                                    ("weaker", "Weaker"),
                                ],
                                max_length=10,
                                verbose_name="Security",
                            ),
                        ),
                        ("security_text", models.CharField(blank=True, max_length=500)),
                        (
                            "usability",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("easier", "Easier"),
                                    ("unchanged", "Unchanged"),
                                    ("harder", "Harder"),
                                ],
                                max_length=10,
                                verbose_name="Usability",
                            ),
                        ),
                        ("usability_text", models.CharField(blank=True, max_length=500)),
                        (
                            "economy",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("saves", "Saves money"),
                                    ("neutral", "Costs nothing more"),
                                    ("costs", "Costs money"),
                                ],
                                max_length=10,
                                verbose_name="Economy",
                            ),
                        ),
                        ("economy_text", models.CharField(blank=True, max_length=500)),
                        (
                            "proportion",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fitting", "In proportion to the threat"),
                                    ("more", "More than the threat demands"),
                                    ("less", "Less than the threat demands"),
                                ],
                                max_length=10,
                                verbose_name="Proportion to the threat",
                            ),
                        ),
                        ("proportion_text", models.CharField(blank=True, max_length=500)),
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
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="later_weighing",
                                to="meetings.decision",
                            ),
                        ),
                    ],
                )
            ]
        ),
        freeze_table("meetings_laterweighing", ["id", "decision_id"]),
    ]
