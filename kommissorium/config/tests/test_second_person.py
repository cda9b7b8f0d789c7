"""Every power that asks for a second person, and every right to read, tried with a puppet.

A puppet is somebody whom an administrator or a coordinator has added and invited alone. What it has
to hold for a power it holds by the program, so that only the rule of the second person is in its
way: once somebody else has confirmed who it is, the same act goes through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kommissorium.accounts.actions import (
    accept_email_change,
    accept_invitation,
    accept_role_nomination,
    add_person,
    confirm_person,
    give_role,
    invite,
    nominate_for_role,
)
from kommissorium.accounts.actions.directory_links import accept_link, ask_for_link
from kommissorium.accounts.actions.email_changes import ask_for_email
from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.audits.actions.auditor_changes import accept_auditor
from kommissorium.audits.actions.findings import ask_closure, judge_closure
from kommissorium.audits.actions.work import issue_report, name_auditor
from kommissorium.audits.kind import KIND as AUDIT
from kommissorium.audits.models import Audit
from kommissorium.audits.tests import cases as audits
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.actions.seat_nominations import (
    accept_seat_nomination,
    nominate_for_seat,
)
from kommissorium.committees.actions.seats import take_seat
from kommissorium.committees.reader import builtin, read_text
from kommissorium.config.tests.rooms import brought
from kommissorium.conftest import PASSWORD, Cast
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.awareness import answer_awareness_change, ask_awareness_change
from kommissorium.incidents.tests import cases as incidents
from kommissorium.policies.actions.owner_approvals import approve_as_owner, lay_before_owner
from kommissorium.policies.tests import cases as policies
from kommissorium.registers.installed import proposal_kinds
from kommissorium.registers.tests.activity_cases import hold
from kommissorium.reports.actions.board_notes import confirm_receipt
from kommissorium.reports.actions.board_requests import answer_request
from kommissorium.reports.tests import cases as reports
from kommissorium.risks.actions import acceptances
from kommissorium.risks.tests import acceptance_cases as risks

pytestmark = pytest.mark.django_db
Kind = OrganisationRole.Kind
type Act = Callable[[], object]
BOTH = ("administrator", "coordinator")


def puppet_of(maker: Person, name: str = "Pil Dukke") -> Person:
    """Let somebody add and invite a person who does not exist, and choose the password."""
    email = f"{name.split(maxsplit=1)[0].lower()}@tryllerup.example"
    made = add_person(by=maker, name=name, email=email)
    invite(made, by=maker)
    accept_invitation(made, password=PASSWORD)
    return anew(made)


def anew(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def holding(person: Person, kind: str) -> Person:
    """Return the person with a role the program gave."""
    give_role(person, kind, by=None, from_date=timezone.localdate())
    return anew(person)


# Approving powers: each returns what the puppet tries, after the maker has done the first part.


def a_role(kind: str) -> Callable[[Cast, Person, Person], Act]:
    holds = Kind.ADMINISTRATOR if kind == Kind.ADMINISTRATOR else Kind.COORDINATOR

    def begin(cast: Cast, maker: Person, puppet: Person) -> Act:
        asked = nominate_for_role(cast.employee, kind, by=maker, from_date=timezone.localdate())
        second = holding(puppet, holds)
        return lambda: accept_role_nomination(asked, by=anew(second))

    return begin


def an_email(cast: Cast, maker: Person, puppet: Person) -> Act:
    asked = ask_for_email(cast.chair, "ny@tryllerup.example", by=maker)
    if not maker.is_administrator:  # it is the second of two administrators then
        accept_email_change(asked, by=cast.administrator)
    second = holding(puppet, Kind.ADMINISTRATOR)
    return lambda: accept_email_change(asked, by=second)


def an_account(cast: Cast, maker: Person, puppet: Person) -> Act:
    asked = ask_for_link(cast.chair, "https://login.example 1", by=maker)
    second = holding(puppet, Kind.ADMINISTRATOR)
    return lambda: accept_link(asked, by=second)


def a_seat(cast: Cast, maker: Person, puppet: Person) -> Act:
    seat = cast.committee.seats.get(role="chair")
    today = timezone.localdate()
    asked = nominate_for_seat(
        seat, by=maker, person=cast.system_owner, from_date=today, capacity="deputy"
    )
    second = holding(puppet, Kind.COORDINATOR)
    return lambda: accept_seat_nomination(asked, by=second)


def a_mandate(cast: Cast, maker: Person, puppet: Person) -> Act:
    text = builtin("da")
    draft = draft_mandate(cast.committee, read_text(text), by=maker, source_text=text)
    second, today = holding(puppet, Kind.EXECUTIVE), timezone.localdate()
    return lambda: approve_mandate(draft, by=second, adopted_by="Direktionen", effective_from=today)


def a_document(cast: Cast, maker: Person, puppet: Person) -> Act:
    draft = policies.drafted(cast, policies.procedure(cast, owner=puppet))

    def act() -> None:
        lay_before_owner(draft, by=maker)
        approve_as_owner(draft, fingerprint=draft.fingerprint, by=puppet)

    return act


def a_document_in_the_owners_stead(cast: Cast, maker: Person, puppet: Person) -> Act:
    policies.procedure(cast, owner=puppet, title="En anden procedure")
    draft = policies.by_its_owner(cast)

    def act() -> None:
        lay_before_owner(draft, by=maker, approver=puppet)
        approve_as_owner(draft, fingerprint=draft.fingerprint, by=puppet)

    return act


def a_risk(cast: Cast, maker: Person, puppet: Person) -> Act:
    risk = risks.make_risk(replace(cast, system_owner=puppet))
    risks.limit("owner", per_risk=1_000_000, per_year=9_000_000)

    def act() -> None:
        made = risks.propose(cast, [risk], by=maker, capacity="owner")
        acceptances.accept(made, by=puppet)

    return act


def a_risk_as_chair(cast: Cast, maker: Person, puppet: Person) -> Act:
    made = risks.propose(cast, [risks.make_risk(cast)], by=maker)
    lead(cast, puppet)
    return lambda: risks.accept(made, by=puppet, word="Formanden er på ferie.")


def lead(cast: Cast, puppet: Person) -> None:
    """Seat the puppet as the chair's deputy, which it gets alone by somebody else's yes."""
    seat = cast.committee.seats.get(role="chair")
    today = timezone.localdate()
    take_seat(seat, by=None, person=puppet, from_date=today, capacity="deputy")


def proposals(cast: Cast, maker: Person, puppet: Person) -> Act:
    """Let the puppet decide alone, as who leads the committee, on what the maker put forward."""
    samples = {k: v for m in brought("proposal_samples").values() for k, v in m.PROPOSALS.items()}
    decision: Any = SimpleNamespace(is_chairs=True, by=puppet, by_id=puppet.pk)

    def act() -> None:
        refused = []
        for slug, kind in proposal_kinds().items():
            made = kind.model(proposed_by=maker)
            if hasattr(made, "made_by_id"):
                made.made_by = cast.dpo
            if slug != "acceptance":  # by its act: a_risk_as_chair
                try:
                    kind.refuse_alone(made, decision)
                except Refused:
                    refused.append(slug)
        assert set(refused) in (set(), set(samples) - {"acceptance"})
        if refused:
            raise Refused(", ".join(refused))

    return act


def a_closure(cast: Cast, maker: Person, puppet: Person) -> Act:
    """Let the owner of a finding ask, and an auditor judge whom the coordinator made up."""
    audit = audits.audited(cast)
    finding = audits.answered(cast, audits.find(cast, audit))
    audits.reported(cast, audit)
    ask_closure(finding, by=finding.task.owner, evidence="Listen er underskrevet.")
    become_auditor(cast, maker, audit, puppet)
    found = audits.dressed(finding)
    return lambda: judge_closure(found, by=puppet, verdict="accepted", because="")


def a_report(cast: Cast, maker: Person, puppet: Person) -> Act:
    audit = audits.audited(cast)
    audits.find(cast, audit)
    hold(AUDIT, audit, cast.coordinator)
    become_auditor(cast, maker, audit, puppet)
    audit.refresh_from_db()
    return lambda: issue_report(audit, by=puppet, **audits.LOOKED)


def a_report_in_its_name(cast: Cast, maker: Person, puppet: Person) -> Act:
    """Let whoever made the puppet issue the report that says the puppet audited."""
    a_report(cast, maker, puppet)
    audit = Audit.objects.get(auditor=puppet)
    return lambda: issue_report(audit, by=maker, **audits.LOOKED)


def become_auditor(cast: Cast, maker: Person, audit: Any, puppet: Person) -> None:
    today = timezone.localdate()
    audit.refresh_from_db()
    values = {"auditor": puppet, "independence": "Udefra.", "first_day": today, "last_day": today}
    asked = name_auditor(
        audit, by=maker, values=values, edit_version=audit.edit_version, because="Skiftet."
    )
    if asked:  # by the old one, who does not say who the new one is
        accept_auditor(asked, by=cast.auditor)


def another_auditor(cast: Cast, maker: Person, puppet: Person) -> Act:
    """Let the puppet audit, and say yes to another auditor of what it held."""
    audit = audits.audited(cast, auditor=puppet)
    audits.find(cast, audit)
    hold(AUDIT, audit, cast.coordinator)
    audit.refresh_from_db()
    today = timezone.localdate()
    asked = name_auditor(
        audit,
        by=maker,
        values={
            "auditor": cast.auditor,
            "independence": "Udefra.",
            "first_day": today,
            "last_day": today,
        },
        edit_version=audit.edit_version,
        because="Den anden er væk.",
    )
    assert asked
    return lambda: accept_auditor(asked, by=puppet)


def an_awareness(cast: Cast, maker: Person, puppet: Person) -> Act:
    found = incidents.handled(cast, timezone.now() - 40 * incidents.HOUR)
    at = timezone.now() - 20 * incidents.HOUR
    row = ask_awareness_change(found, "gdpr", by=maker, at=at, because="Log viser.")
    second = holding(puppet, Kind.DPO)
    seat = cast.committee.seats.get(role="adviser")
    take_seat(seat, by=None, person=second, from_date=timezone.localdate(), capacity="deputy")
    return lambda: answer_awareness_change(row, by=anew(second), agreed=True, word="Enig.")


def a_receipt(cast: Cast, maker: Person, puppet: Person) -> Act:
    report, second = reports.board_sent(cast), holding(puppet, Kind.EXECUTIVE)
    return lambda: confirm_receipt(report, by=second)


def an_answer(cast: Cast, maker: Person, puppet: Person) -> Act:
    report, second = reports.board_asking(cast), holding(puppet, Kind.EXECUTIVE)
    return lambda: answer_request(report, 1, "approved", "", by=second)


C = ("coordinator",)  # an administrator cannot do the first part
POWERS: dict[str, tuple[tuple[str, ...], Callable[[Cast, Person, Person], Act]]] = {
    **{
        f"accounts.RoleNomination.answered_by/{kind}": (BOTH, a_role(kind))
        for kind in Kind.values
        if kind != Kind.ADMINISTRATOR
    },
    "accounts.RoleNomination.answered_by/administrator": (
        ("administrator",),
        a_role("administrator"),
    ),
    "accounts.EmailChange.answered_by": (BOTH, an_email),
    "accounts.EmailChange.seconded_by": (BOTH, an_email),
    "accounts.DirectoryLink.answered_by": (("administrator",), an_account),
    "committees.SeatNomination.answered_by": (C, a_seat),
    "committees.Mandate.approved_by": (C, a_mandate),
    "policies.Version.approver": (C, a_document),
    "policies.Version.approver/instead": (C, a_document_in_the_owners_stead),
    "risks.Acceptance.accepted_by": (C, a_risk),
    "risks.Acceptance.accepted_by/chair": (C, a_risk_as_chair),
    "meetings.Decision.by": (C, proposals),
    "audits.Closure.judged_by": (C, a_closure),
    "audits.AuditReport.made_by": (C, a_report),
    "audits.AuditReport.made_by/for": (C, a_report_in_its_name),
    "audits.AuditorChange.answered_by": (C, another_auditor),
    "incidents.Awareness.answered_by": (C, an_awareness),
    "reports.BoardNote.person": (C, a_receipt),
    "reports.BoardAnswer.person": (C, an_answer),
}
# Who stands in a row without having agreed to what another did. By the name, in any row:
NO_SECOND = {
    "made_by": "wrote it",
    "created_by": "wrote it",
    "changed_by": "wrote it",
    "added_by": "wrote it",
    "proposed_by": "asks, and another decides",
    "given_by": "gives a task",
    "chosen_by": "chooses a task for the quarter",
    "set_by": "says when the municipality was aware",
    "said_by": "says how far it is",
    "sent_by": "sent it",
    "noted_by": "noted what others did",
    "done_by": "did a step",
    "opened_by": "began a round",
    "closed_by": "ended a round",
    "ended_by": "ended it",
    "undone_by": "took it back",
    "impossible_by": "says that it cannot be done",
    "owner": "answers for it",
    "responsible": "answers for it",
    "responsible_person": "answers for it",
    "responsible_then": "answered for it",
    "coordinator": "handles it",
    "holder": "has a copy",
    "head": "leads an area",
    "assessor": "assesses",
    "reporter": "reports",
    "delegate": "does it for another",
    "from_person": "hands over",
    "to_person": "takes over what is handed to them",
    "auditor": "tried by what an auditor does",
    "led_by": "led a meeting, as it was",
    "user": "the sign-in library's",
}
# And these alone, each with its reason.
ALONE = {
    "accounts.Invitation.by": "invites",
    "accounts.RoleNomination.by": "asks",
    "accounts.EmailChange.by": "asks",
    "accounts.DirectoryLink.by": "asks",
    "audits.AuditorChange.by": "asks",
    "audits.AuditorChange.before": "audited until now; may say yes (another_auditor)",
    "committees.SeatNomination.by": "asks",
    "reports.BoardNote.by": "notes; who confirms the receipt is `person`",
    "incidents.Entry.by": "writes a line",
    "incidents.Notification.decided_by": "who handles it decides alone whether it is notified",
    "incidents.Notification.advised_by": "advises; nothing waits for it",
    "policies.UpperDecision.by": "enters a body's decision, with its minutes",
    "policies.Comment.by": "comments",
    "policies.Comment.answered_by": "the author answers a comment",
    "texts.TextImport.by": "takes in a text",
    "assets.Oversight.by": "looked at a supplier",
    "assets.Statement.settled_by": "settles what an owner said",
    "assets.Required.waived_by": "a coordinator waives a document, with a reason and an end",
    "registers.ImportRun.by": "takes in a sheet",
    "registers.BulkChange.by": "changes many",
    "yearwheel.Move.by": "moves a duty",
    "meetings.Call.by": "calls the meeting",
    "meetings.LaterWeighing.by": "notes what was weighed",
    "meetings.Comment.settled_by": "who keeps the minutes answers",
    "meetings.ItemQuestion.answered_by": "who prepares the meeting answers a question",
    "meetings.Approval.by": "who leads approves; the seat is had by a second yes alone (a_seat)",
    "meetings.Confirmation.by": "notes what the committee did",
    "meetings.Registration.by": "registers an earlier meeting, with its minutes",
    "tasks.Ending.by": "ends a task",
}
PERSONAL = {"person"}  # whom a row is about, or who speaks for themself


def person_fields() -> Iterator[str]:
    """Yield every column of the program that names a person."""
    for model in apps.get_models():
        for one in model._meta.fields:
            if one.is_relation and one.related_model is Person:
                yield f"{model._meta.label}.{one.name}"


def test_every_column_that_names_a_person_is_tried_or_has_a_reason() -> None:
    tried = {name.partition("/")[0] for name in POWERS}
    found = set(person_fields())
    asked = {one for one in found if one.rpartition(".")[2] not in {*NO_SECOND, *PERSONAL}}
    assert asked - tried == set(ALONE), "a column without a row, or a row without a column"
    assert tried <= found


def test_every_second_yes_is_among_them() -> None:
    from kommissorium.accounts.models import SecondYes

    kinds = {one._meta.label for one in apps.get_models() if issubclass(one, SecondYes)}
    assert kinds == {name.rpartition(".")[0] for name in POWERS if "answered_by" in name} - {
        "incidents.Awareness"
    }


@pytest.mark.usefixtures("no_paper")
@pytest.mark.parametrize(
    ("power", "maker"), [(name, who) for name, (makers, _begin) in POWERS.items() for who in makers]
)
def test_a_puppet_is_no_second_person(cast: Cast, power: str, maker: str) -> None:
    first = cast.who(maker)
    puppet = puppet_of(first)
    act = POWERS[power][1](cast, first, puppet)
    with pytest.raises((PermissionDenied, Refused)), transaction.atomic():
        act()
    by = cast.coordinator if maker == "administrator" else cast.administrator
    confirm_person(puppet, by=by)
    act()


@pytest.mark.parametrize("maker", BOTH)
@pytest.mark.parametrize("kind", Kind.values)
def test_nobody_gives_a_puppet_a_role_alone_nor_by_other_puppets(
    cast: Cast, kind: str, maker: str
) -> None:
    first, today = cast.who(maker), timezone.localdate()
    puppet = puppet_of(first)
    with pytest.raises(PermissionDenied):
        give_role(puppet, kind, by=first, from_date=today)
    if maker == "coordinator" and kind == Kind.ADMINISTRATOR:
        return  # cannot ask for it either
    asked = nominate_for_role(puppet, kind, by=first, from_date=today)
    helper = puppet_of(first, "Hanne Dukke")
    for holds in Kind.values:
        holding(helper, holds)
    lead(cast, helper)
    for one in (first, puppet, anew(helper)):
        with pytest.raises(PermissionDenied):
            accept_role_nomination(asked, by=one)
    assert not anew(puppet).current_roles


@pytest.mark.parametrize("kind", [kind for kind in Kind.values if kind != Kind.ADMINISTRATOR])
def test_another_administrator_is_not_enough_for_a_role_that_reads(cast: Cast, kind: str) -> None:
    friend, today = holding(cast.head_of_it, Kind.ADMINISTRATOR), timezone.localdate()
    puppet = puppet_of(cast.administrator)
    asked = nominate_for_role(puppet, kind, by=cast.administrator, from_date=today)
    for one in (friend, cast.executive, cast.member, cast.deputy, cast.auditor):
        assert not asked.can_be_accepted_by(one)
    assert [one for one in (cast.coordinator, cast.chair) if asked.can_be_accepted_by(one)] == [
        cast.coordinator,
        cast.chair,
    ]
    assert asked.can_be_refused_by(friend)
    accept_role_nomination(asked, by=cast.chair)
    assert anew(puppet).current_roles == {kind}


@pytest.mark.parametrize("maker", BOTH)
def test_a_puppet_reads_no_more_than_who_made_it(cast: Cast, samples: Any, maker: str) -> None:
    """All that one does alone for the puppet opens nothing, in any room."""
    first, today = cast.who(maker), timezone.localdate()
    with transaction.atomic():
        puppet = puppet_of(first)
        for kind in Kind.values:
            if OrganisationRole.can_be_given_by(first, kind):
                nominate_for_role(puppet, kind, by=first, from_date=today)
        first, puppet = anew(first), anew(puppet)
        for model in apps.get_models():
            rows: Any = model._default_manager.all()
            if not hasattr(rows, "visible_to"):
                continue
            seen = set(rows.visible_to(puppet).values_list("pk", flat=True))
            others = rows.visible_to(anew(cast.employee)) | rows.visible_to(first)
            allowed = set(others.values_list("pk", flat=True))
            assert seen <= allowed, model._meta.label
        transaction.set_rollback(True)
