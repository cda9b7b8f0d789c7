"""What a real activation began with, which stays."""

from django.db import migrations, models

from kommissorium.core.evidence.freeze_triggers import refuse_changes

TESTS = "continuity_continuitytest"
APPROVED = "(SELECT state FROM continuity_continuitytestplan WHERE id = OLD.plan_id) = 'approved'"


class Migration(migrations.Migration):
    dependencies = [("continuity", "0002_freeze")]

    operations = [
        migrations.AddField(
            model_name="continuitytest",
            name="origin",
            field=models.CharField(editable=False, max_length=60, null=True),
        ),
        refuse_changes(TESTS, ("origin",), APPROVED, name="origin"),
    ]
