"""Who top management is: it reviews the information security of the year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_reminders")]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="top_management",
            field=models.CharField(blank=True, max_length=120, verbose_name="top management"),
        ),
    ]
