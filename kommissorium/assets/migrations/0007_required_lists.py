"""Indexes for the lists of assets that lack documents or have expired ones."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assets", "0006_import_rows")]

    operations = [
        migrations.AddIndex(
            "required",
            models.Index(
                fields=["asset"],
                condition=models.Q(document=None, waived_at=None),
                name="required_missing",
            ),
        ),
        migrations.AddIndex(
            "required",
            models.Index(
                fields=["asset", "review_by"],
                condition=models.Q(document__isnull=False, waived_at=None),
                name="required_held",
            ),
        ),
    ]
