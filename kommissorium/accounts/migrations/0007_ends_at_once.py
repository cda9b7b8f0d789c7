"""A role can end at once, on the day it began too."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_readings")]

    operations = [
        migrations.RemoveConstraint("organisationrole", "role_ends_after_it_starts"),
        migrations.AddField("organisationrole", "ended_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "organisationrole",
            models.CheckConstraint(
                condition=Q(to_date=None)
                | Q(to_date__gte=F("from_date"))
                | Q(ended_at__isnull=False),
                name="role_ends_after_it_starts",
            ),
        ),
    ]
