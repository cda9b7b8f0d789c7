"""A duty keeps the host of its name in calendars, whatever the program's address becomes."""

from django.db import migrations

from kommissorium.core.site import keep_host


class Migration(migrations.Migration):
    dependencies = [("yearwheel", "0003_standards"), ("core", "0002_freeze")]

    operations = keep_host("duty", "yearwheel_duty")
