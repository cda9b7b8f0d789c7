"""A level that accepts nearly all cells says why."""

from django.db import migrations, models

from kommissorium.core.evidence.freeze_triggers import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("risks", "0004_counting"), ("core", "0002_freeze")]

    operations = [
        migrations.AddField(
            model_name="risklevel",
            name="wide_because",
            field=models.TextField(
                blank=True, null=True, verbose_name="why nearly all is accepted"
            ),
        ),
        refuse_changes(
            "risks_risklevel", ['"wide_because"'], "OLD.state = 'approved'", name="wide"
        ),
    ]
