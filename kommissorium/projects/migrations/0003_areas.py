"""The seven areas that the mandate names are there from the beginning."""

from django.db import migrations

AREAS = (
    *("antivirus", "firewall", "antispam", "antiphishing", "encryption", "network", "physical"),
)


def add_areas(apps, _editor):
    """Add those that are not there."""
    measures = apps.get_model("projects", "TechnicalMeasure").objects
    for area in AREAS:
        measures.get_or_create(area=area)


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_freeze")]

    operations = [migrations.RunPython(add_areas, migrations.RunPython.noop)]
