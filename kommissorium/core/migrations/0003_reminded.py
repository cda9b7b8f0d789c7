"""What people were reminded of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_freeze")]

    operations = [
        migrations.CreateModel(
            name="Reminded",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recipient", models.EmailField(max_length=254)),
                ("key", models.CharField(max_length=120)),
                ("on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("recipient", "key"), name="reminded_once")
                ],
            },
        ),
    ]
