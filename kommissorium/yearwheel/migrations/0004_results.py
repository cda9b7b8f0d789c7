"""A duty in which no fault can be found is done, and no more: another result."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("yearwheel", "0003_standards"),
    ]

    operations = [
        migrations.AlterField(
            model_name="occurrence",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "No result yet"),
                    ("done", "Done"),
                    ("no_fault", "No fault found"),
                    ("minor", "Minor faults"),
                    ("critical", "Critical faults"),
                ],
                max_length=10,
            ),
        ),
    ]
