"""An edited Word file stands beside the status that was taken from it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_board_reports"), ("core", "0002_freeze")]

    operations = [
        migrations.AddField(
            model_name="quarterlystatus",
            name="word_file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
    ]
