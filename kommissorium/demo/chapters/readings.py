"""The guidelines for owners: two versions, and the people who confirmed having read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from kommissorium.demo.chapters import Chapter
from kommissorium.demo.chapters.assets.owners import answering
from kommissorium.demo.chapters.policies.chair import approve_as_chair, settled
from kommissorium.demo.story import Town
from kommissorium.demo.texts import sheet, words_for
from kommissorium.policies.actions.documents import add_document, change_document
from kommissorium.policies.actions.versions import begin_version, write_version
from kommissorium.policies.models import Document
from kommissorium.readings.actions.readings import choose_audience, confirm_reading
from kommissorium.readings.models import Group
from kommissorium.readings.readers import is_for

VERSIONS = {1: (30, 20), 2: (8, 24)}  # issued so many months ago, to be reviewed every so many
BEGUN = 60  # days after the start of a short story
FIRST_READ = 4  # days after it was issued


def tell_guidelines(town: Town) -> None:
    """Tell when each version was approved, and when its owners confirmed it."""
    for version, (months, _every) in VERSIONS.items():
        town.tell(settled(town, months, "11.30", BEGUN), partial(_issue, town, version))
        for row in answering(town):
            if row[f"læst{version}"]:
                after = timedelta(days=FIRST_READ + int(row[f"læst{version}"]))
                read = settled(town, months, "8.50", BEGUN) + after
                town.tell(read, partial(_read, town, row))


def owners_guideline() -> Document | None:
    """Return the guidelines for owners, once they are there."""
    return Document.objects.filter(audiences__kind=Group.OWNERS).order_by("pk").first()


def _issue(town: Town, version: int) -> None:
    by, every = town.coordinator(), VERSIONS[version][1]
    found = sheet(f"policies/owners-{version}.html", words_for(town.almanac, 0))
    document = _document(town, found.title, every)
    made = begin_version(document, by=by)
    write_version(
        made,
        by=by,
        values={
            "title": found.title,
            "text": found.body,
            "change": "material",
            "change_because": found.head.get("Nyt", ""),
            "begins_on": None,
        },
        edit_version=made.edit_version,
    )
    approve_as_chair(town, made)


def _document(town: Town, title: str, every: int) -> Document:
    by, there = town.coordinator(), owners_guideline()
    values: dict[str, Any] = {
        "title": title,
        "level": "guideline",
        "parent": there.parent if there else None,
        "owner": by,
        "audience": "Ejere af systemer, data og arkiver",
        "approval": "committee",
        "review_months": every,
        "is_measure": False,
        "tags": "ISO 27002 5.9",
    }
    if there:
        change_document(there, by=by, values=values, edit_version=there.edit_version)
        return there
    made = add_document(by=by, values=values)
    choose_audience(made, groups=[Group.OWNERS], areas=[], by=by)
    return made


def _read(town: Town, row: Mapping[str, str]) -> None:
    person, found, today = town.person(row["person"]), owners_guideline(), town.almanac.day_it_is()
    version = found.version_on(today) if found else None
    if version and person.has_login and is_for(version.document, person, today):
        confirm_reading(version, by=person)


CHAPTER = Chapter(tell_guidelines, budget=700)
