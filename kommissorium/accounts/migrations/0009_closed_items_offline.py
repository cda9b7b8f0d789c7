"""Whether closed items may lie in the copy of a meeting that a browser keeps."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_search_readings")]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="closed_items_offline",
            field=models.BooleanField(
                default=False, verbose_name="closed items may be kept on members' own devices"
            ),
        ),
    ]
