"""How whoever proposes something weighs it, for whoever decides on it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0010_row_choices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ProposedWeighing",
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
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.CharField(max_length=40)),
                        ("why_now", models.TextField(blank=True)),
                        ("proposed_at", models.DateTimeField()),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposed weighing",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subject_kind", "subject_id"), name="one_proposed_weighing"
                            )
                        ],
                    },
                )
            ]
        ),
    ]
