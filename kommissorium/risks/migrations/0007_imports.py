"""Sheets of risks that were handed in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_calendar_mail"),
        ("risks", "0006_kept_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RiskImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "Not taken in yet"),
                            ("done", "Taken in"),
                            ("undone", "Undone"),
                            ("dropped", "Given up"),
                        ],
                        default="read",
                        max_length=10,
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("asset", "A system, data set or archive"),
                            ("assets", "A group of systems, data sets or archives"),
                            ("process", "A process"),
                            ("area", "An area"),
                            ("organisation", "The whole organisation"),
                        ],
                        max_length=15,
                    ),
                ),
                ("process", models.CharField(blank=True, max_length=200, verbose_name="process")),
                ("file_name", models.CharField(max_length=200)),
                ("headings", models.JSONField(default=list)),
                ("mapping", models.JSONField(default=dict)),
                ("row_count", models.PositiveIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("faulty", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("edit_version", models.PositiveIntegerField(default=1)),
                (
                    "assessment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="risks.assessment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "parsed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "import of risks",
                "ordering": ["-at", "-pk"],
            },
        ),
    ]
