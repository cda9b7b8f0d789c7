"""The guidelines for owners, which stood in the register of assets, become a document of this one.

Texts, versions, readings and dates are those they had. The rows they come from stay as they are,
frozen, so that what the chain says of them can still be checked.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations, transaction

from kommissorium.core.evidence.actions import record
from kommissorium.meetings.year_plan import add_months

REVIEW = "assets.guideline:review"  # what the year wheel called it
MOST_MONTHS = 60


@transaction.atomic
def move(apps: Any, _editor: Any) -> None:
    """Make a document of the guidelines, if there are any, and say so in the chain."""
    issued = list(apps.get_model("assets", "Guideline").objects.order_by("version"))
    if not issued:
        return
    last, about = issued[-1], apps.get_model("policies", "Document")
    document = about.objects.create(
        title=last.title,
        level="guideline",
        owner=last.by,
        approval="committee",
        review_months=_months(last),
    )
    apps.get_model("policies", "Audience").objects.create(document=document, kind="owners")
    for one, following in zip(issued, [*issued[1:], None], strict=True):
        _move_version(apps, document, one, following)
    link = f"/policies/{document.pk}/"
    waiting = apps.get_model("yearwheel", "Occurrence").objects.filter(source=REVIEW, state="open")
    waiting.update(source=f"policies.document:{document.pk}", source_link=link)
    facts = {"groups": ["owners"], "areas": [], "title": last.title, "versions": len(issued)}
    record("policies.guidelines_moved", document, by=None, facts=facts)


def _move_version(apps: Any, document: Any, one: Any, following: Any) -> None:
    made = apps.get_model("policies", "Version").objects.create(
        document=document,
        number=one.version,
        title=one.title,
        text=one.text,
        file=one.file,
        file_name=one.file_name,
        change="material",
        change_because=one.changes,
        review_months=_months(one),
        state="approved",
        proposed_by=one.by,
        proposed_at=one.at,
        in_force_from=one.effective_from,
        in_force_to=following.effective_from if following else None,
        made_by=one.by,
        made_at=one.at,
    )
    apps.get_model("policies", "FormerGuideline").objects.create(
        version=made,
        key=one.pk,
        approved_by=one.approved_by,
        review_by=one.review_by,
        url=one.url,
    )
    readings = apps.get_model("policies", "Reading").objects
    for reading in one.readings.order_by("pk"):
        readings.create(version=made, person=reading.person, at=reading.at)


def _months(one: Any) -> int:
    """Return the months until its review, at least one, and never more than the days it gave."""
    months = range(MOST_MONTHS, 1, -1)
    whole = (n for n in months if add_months(one.effective_from, n) <= one.review_by)
    return next(whole, 1)


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0005_freeze_readings"),
        ("assets", "0003_demands"),
        ("yearwheel", "0003_standards"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
