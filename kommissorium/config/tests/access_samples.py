"""One object of each kind, for the addresses that name one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kommissorium.accounts.actions import add_person, invitation_link, invite
from kommissorium.accounts.models import OrganisationRole
from kommissorium.committees.actions.mandates import draft_mandate
from kommissorium.committees.reader import builtin, read_text
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Record
from kommissorium.core.files.actions import store_file
from kommissorium.meetings.actions.agenda import add_item, attach
from kommissorium.meetings.models import Meeting


@dataclass
class Samples:
    """The keys to put into addresses, by URL name; "name/variant" where one is not enough."""

    by_name: dict[str, dict[str, Any]] = field(default_factory=dict)

    def arguments(self, name: str) -> dict[str, Any]:
        return self.by_name.get(name) or self.by_name.get(name.partition("/")[0]) or {}

    def add(self, names: str, **arguments: Any) -> None:
        for name in names.split():
            self.by_name[name] = arguments


def make_samples(cast: Cast, meeting: Meeting) -> Samples:
    """Write a draft, a closed item and attachments, and name them all."""
    samples = Samples()
    _people(samples, cast)
    _committee(samples, cast)
    _meeting(samples, cast, meeting)
    record = Record.objects.get(kind="committees.mandate")
    samples.add("record", pk=record.pk)
    samples.add("record_file", pk=record.pk, form="json")
    return samples


def _people(samples: Samples, cast: Cast) -> None:
    samples.add(
        "person person_edit person_role_add person_invitation person_closure person_reopening "
        "person_second_step_reset",
        pk=cast.employee.pk,
    )
    role = OrganisationRole.objects.get(person=cast.executive)
    samples.add("person_role_end", pk=cast.executive.pk, role=role.pk)
    newcomer = add_person(by=cast.administrator, name="Ny Ansat", email="ny@tryllerup.example")
    invite(newcomer, by=cast.administrator)
    uid, token = invitation_link(newcomer).rstrip("/").split("/")[-2:]
    samples.add("invitation", uid=uid, token=token)
    samples.add("account_reset_password_from_key", uidb36="zz", key="no-key")
    samples.add("mfa_edit_webauthn mfa_remove_webauthn", pk=1)
    samples.add("demo_sign_in", code="coordinator")


def _committee(samples: Samples, cast: Cast) -> None:
    text = builtin("da")
    draft = draft_mandate(
        cast.committee,
        read_text(text),
        by=cast.coordinator,
        source_text=text,
        source_name="kommissorium.txt",
        source_file=store_file(text.encode(), "kommissorium.txt"),
    )
    seat = cast.committee.seats.get(role="adviser")
    holding = seat.holdings.get()
    samples.add(
        "committee committee_habits committee_history seat_history seat_export seat_add mandates "
        "mandate_read meetings_plan meeting_add",
        pk=cast.committee.pk,
    )
    samples.add("seat_edit seat_end seat_take", pk=cast.committee.pk, seat=seat.pk)
    samples.add("seat_leave seat_undo", pk=cast.committee.pk, seat=seat.pk, holding=holding.pk)
    samples.add(
        "mandate mandate_source mandate_export mandate_edit mandate_approval mandate_discard "
        "seats_from_mandate",
        pk=cast.mandate.pk,
    )
    samples.add("mandate_changes", pk=draft.pk)
    for name in ("", "_source", "_edit", "_approval", "_discard"):
        samples.add(f"mandate{name}/draft", pk=draft.pk)


def _meeting(samples: Samples, cast: Cast, meeting: Meeting) -> None:
    opened = meeting.items.get(position=1)
    closed = add_item(
        meeting,
        by=cast.coordinator,
        title="Sårbarhed i økonomisystemet",
        type="decision",
        is_closed=True,
        closed_ground="Oplysninger om sikkerhed",
    )
    one = attach(opened, by=cast.coordinator, name="bilag.txt", data=b"open")
    other = attach(closed, by=cast.coordinator, name="bilag.txt", data=b"closed")
    samples.add(
        "meeting meeting_edit meeting_cancellation meeting_calendar meeting_history items_order "
        "item_add",
        pk=meeting.pk,
    )
    samples.add("meeting_pack", pk=meeting.pk, form="pdf")
    samples.add("item_restore", pk=meeting.pk, clause=opened.clause_id)
    samples.add("agenda_item item_edit item_removal item_position", pk=opened.pk)
    for name in ("agenda_item", "item_edit", "item_removal", "item_position"):
        samples.add(f"{name}/closed", pk=closed.pk)
    samples.add("attachment attachment_removal", pk=one.pk)
    samples.add("attachment/closed attachment_removal/closed", pk=other.pk)
