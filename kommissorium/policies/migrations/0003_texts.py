"""Who reads the handbook without sign-in, and imports of documents."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0002_freeze"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="HandbookSettings",
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
                            "is_open",
                            models.BooleanField(
                                default=False,
                                verbose_name="read without sign-in on our own network",
                            ),
                        ),
                        (
                            "networks",
                            models.TextField(
                                blank=True,
                                help_text="One network on each line, such as 10.0.0.0/8. Nobody else gets in.",
                                verbose_name="our own network",
                            ),
                        ),
                        ("edit_version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pk", 1)), name="one_row_of_handbook_settings"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TextImport",
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
                        ("undone_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "documents",
                            models.ManyToManyField(related_name="+", to="policies.document"),
                        ),
                    ],
                    options={
                        "verbose_name": "import of documents",
                        "ordering": ["-pk"],
                    },
                ),
            ]
        ),
    ]
