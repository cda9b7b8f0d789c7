"""Who reads the handbook without sign-in."""

from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

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
            ]
        ),
    ]
