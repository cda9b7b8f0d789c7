"""The guidelines for owners: two versions, and who has confirmed having read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from kommissorium.assets.actions.guidelines import (
    GuidelineValues,
    confirm_reading,
    issue_guideline,
)
from kommissorium.assets.models import Guideline
from kommissorium.demo.chapters.assets.owners import answering
from kommissorium.demo.story import Town
from kommissorium.demo.texts import sheet
from kommissorium.demo.words import words_for
from kommissorium.meetings.year_plan import add_months

VERSIONS = {1: (30, 10), 2: (8, -16)}  # issued so many months ago, to be reviewed at so many
FIRST_READ = 4  # days after it was issued


def tell_guidelines(town: Town) -> None:
    """Tell when each version was issued, and when its owners confirmed it."""
    days = town.almanac
    for version, (months, _until) in VERSIONS.items():
        town.tell(days.ago(months, "11.30"), partial(_issue, town, version))
        for row in answering(town):
            if row[f"læst{version}"]:
                after = timedelta(days=FIRST_READ + int(row[f"læst{version}"]))
                read = days.ago(months, "8.50") + after
                town.tell(read, partial(_read, town, row))


def _issue(town: Town, version: int) -> None:
    days, until = town.almanac, VERSIONS[version][1]
    found = sheet(f"registers/guideline-{version}.html", words_for(days, 0))
    issue_guideline(
        GuidelineValues(
            title=found.title,
            approved_by=found.head["Godkendt"],
            effective_from=days.day_it_is(),
            review_by=add_months(days.today, -until),
            text=found.body,
            changes=found.head.get("Nyt", ""),
        ),
        by=town.coordinator(),
    )


def _read(town: Town, row: Mapping[str, str]) -> None:
    person, found = town.person(row["person"]), Guideline.on(town.almanac.day_it_is())
    if found and person.has_login and Guideline.can_be_confirmed_by(person):
        confirm_reading(found, by=person)
