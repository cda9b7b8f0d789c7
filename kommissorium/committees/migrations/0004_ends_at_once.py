"""The term in a seat can end at once, on the day it began too."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("committees", "0003_second_yes")]

    operations = [
        migrations.RemoveConstraint("holding", "holding_ends_after_it_starts"),
        migrations.AddField("holding", "ended_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "holding",
            models.CheckConstraint(
                condition=Q(to_date=None)
                | Q(to_date__gte=F("from_date"))
                | Q(ended_at__isnull=False),
                name="holding_ends_after_it_starts",
            ),
        ),
    ]
