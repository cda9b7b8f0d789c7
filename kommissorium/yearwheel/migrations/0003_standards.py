"""A tag for each requirement of the standards that duties can carry."""

from django.db import migrations

ISO_27001 = (
    "4.1 4.2 4.3 4.4 5.1 5.2 5.3 6.1.1 6.1.2 6.1.3 6.2 6.3 7.1 7.2 7.3 7.4 7.5.1 7.5.2 7.5.3 "
    "8.1 8.2 8.3 9.1 9.2.1 9.2.2 9.3.1 9.3.3 10.1 10.2"
)
# How many controls each of the four chapters has.
ISO_27002 = {5: 37, 6: 8, 7: 14, 8: 34}

TAGS = {
    ("iso27001", "ISO 27001"): [*ISO_27001.split(), *(f"9.3.2 {letter}" for letter in "abcdefg")],
    ("iso27002", "ISO 27002"): [
        f"{chapter}.{number}"
        for chapter, last in ISO_27002.items()
        for number in range(1, last + 1)
    ],
    ("nis2", "NIS 2"): [
        *(f"§ 6 nr. {number}" for number in range(1, 11)),
        *(f"§ 7 stk. {number}" for number in range(1, 3)),
        *(f"§ {number}" for number in (10, 12, 13, 15)),
    ],
}


def offer(apps, schema_editor):
    tag = apps.get_model("yearwheel", "Tag")
    for (standard, short), numbers in TAGS.items():
        for number in numbers:
            tag.objects.update_or_create(
                name=f"{short} {number}", defaults={"standard": standard, "number": number}
            )


class Migration(migrations.Migration):
    dependencies = [("yearwheel", "0002_freeze")]

    operations = [migrations.RunPython(offer, migrations.RunPython.noop)]
