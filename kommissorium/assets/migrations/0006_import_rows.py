"""The rows of an import are kept beside the file they were read from."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [("assets", "0005_attestation"), ("core", "0004_calendar_mail")]

    operations = [
        migrations.AddField(
            "import",
            "parsed",
            models.ForeignKey("core.storedfile", PROTECT, null=True, related_name="+"),
        ),
    ]
