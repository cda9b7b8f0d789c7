"""Accounts of the municipality's directory by which people sign in, and links that wait for a yes."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


def person(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_closed_items_offline")]

    operations = [
        migrations.AddField(
            "person", "directory_account", models.CharField(max_length=500, null=True)
        ),
        migrations.AddConstraint(
            "person",
            models.UniqueConstraint(
                condition=models.Q(("directory_account__isnull", False)),
                fields=("directory_account",),
                name="one_person_per_directory_account",
            ),
        ),
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="DirectoryLink",
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
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("accepted", models.BooleanField(default=False)),
                        ("account", models.CharField(max_length=500)),
                        ("answered_by", person(null=True)),
                        ("by", person()),
                        ("person", person()),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at", None)),
                                fields=("person",),
                                name="one_waiting_directory_link_of_a_person",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
