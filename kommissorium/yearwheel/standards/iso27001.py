"""ISO 27001:2022, clauses 4 to 10 and the 93 controls of annex A, in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from kommissorium.measures.codes import Measure
from kommissorium.yearwheel.standards.model import Chapter, Requirement, Standard

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


ISO_27001: Final = Standard(
    code="iso27001",
    short="ISO 27001",
    name=_("ISO 27001:2022"),
    about=_("What the management system for information security must contain."),
    chapters=(
        Chapter(
            _("The surroundings"),
            (
                Requirement(
                    "4.1", _("What around and inside the municipality matters to security")
                ),
                Requirement("4.2", _("Who expects something, and which of it we must meet")),
                Requirement("4.3", _("What the management system covers, written down")),
                Requirement("4.4", _("The management system is there and is kept going")),
            ),
        ),
        Chapter(
            _("The management's part"),
            (
                Requirement("5.1", _("The management takes the lead and gives the means")),
                Requirement("5.2", _("There is a security policy, and people know it")),
                Requirement("5.3", _("Who does what and who may decide is settled")),
            ),
        ),
        Chapter(
            _("Planning"),
            (
                Requirement(
                    "6.1.1", _("Risks to the management system, and chances for it, are met")
                ),
                Requirement("6.1.2", _("How we assess risks, so that results can be compared")),
                Requirement("6.1.3", _("How we treat risks, and which controls we chose and why")),
                Requirement(
                    "6.2", _("Goals for security that can be followed, and the way to them")
                ),
                Requirement("6.3", _("The management system is changed in an orderly way")),
            ),
        ),
        Chapter(
            _("Support"),
            (
                Requirement("7.1", _("Money, people and tools are there")),
                Requirement(
                    "7.2", _("People can do what security asks of them, and we can show it")
                ),
                Requirement("7.3", _("People know the policy and their own part in it")),
                Requirement("7.4", _("What is told to whom, when and how is settled")),
                Requirement("7.5.1", _("The documents that are demanded or needed exist")),
                Requirement("7.5.2", _("Documents are named, checked and approved alike")),
                Requirement(
                    "7.5.3", _("Documents can be found, and are protected and cleared out")
                ),
            ),
        ),
        Chapter(
            _("The daily work"),
            (
                Requirement("8.1", _("What was planned is carried out, also by suppliers")),
                Requirement("8.2", _("Risks are assessed at fixed times and after changes")),
                Requirement("8.3", _("The plan for treating risks is carried out")),
            ),
        ),
        Chapter(
            _("Looking at the results"),
            (
                Requirement("9.1", _("What we measure, when, and what the figures tell")),
                Requirement("9.2.1", _("Internal audits are held at planned times")),
                Requirement(
                    "9.2.2", _("The audits follow a programme, and the auditors are impartial")
                ),
                Requirement("9.3.1", _("The top management looks at it all at planned times")),
                Requirement("9.3.2 a", _("The review: what came of what was decided last time")),
                Requirement("9.3.2 b", _("The review: what has changed around and inside us")),
                Requirement("9.3.2 c", _("The review: what others newly need and expect of us")),
                Requirement(
                    "9.3.2 d",
                    _("The review: how it goes – faults, measurements, audits and goals"),
                ),
                Requirement("9.3.2 e", _("The review: what those concerned tell us")),
                Requirement("9.3.2 f", _("The review: the risks, and how far their treatment is")),
                Requirement("9.3.2 g", _("The review: what could be done better")),
                Requirement("9.3.3", _("What the review decided is written down")),
            ),
        ),
        Chapter(
            _("Getting better"),
            (
                Requirement("10.1", _("The management system becomes better all the time")),
                Requirement("10.2", _("Faults are put right, and so is what caused them")),
            ),
        ),
    ),
)


@dataclass(frozen=True)
class Input:
    """Claim that the item with the measure covers a number, and the reason for it."""

    number: str
    measure: Measure
    why: StrPromise


INPUTS: Final[tuple[Input, ...]] = (
    Input(
        "9.3.2 a",
        Measure.AGENDA_ONGOING,
        _("The tasks that earlier decisions gave are gone through, done and open."),
    ),
    Input(
        "9.3.2 d",
        Measure.AGENDA_INCIDENTS,
        _("Incidents show where the measures failed."),
    ),
    Input(
        "9.3.2 d",
        Measure.AGENDA_YEAR_WHEEL,
        _("Checks, audits and goals come with their results and faults."),
    ),
    Input(
        "9.3.2 e",
        Measure.EXECUTIVE_REPORTING,
        _("Answers from the executive board come back to the committee."),
    ),
    Input(
        "9.3.2 g",
        Measure.AGENDA_COMING_TASKS,
        _("The tasks of the coming quarter are chosen: what is to be better."),
    ),
)


_ORGANISATION: Final = (
    Requirement("5.1", _("Policy and the rules below it are decided, known and revised")),
    Requirement("5.2", _("It is settled who does what for security")),
    Requirement("5.3", _("Nobody holds two duties that should check each other")),
    Requirement("5.4", _("Managers demand of their people that the rules are kept")),
    Requirement("5.5", _("We know whom to call at the authorities")),
    Requirement("5.6", _("We take part where others in the field share what they know")),
    Requirement("5.7", _("We gather knowledge of threats and use it")),
    Requirement("5.8", _("Security is part of every project")),
    Requirement("5.9", _("There is a list of what we own, with an owner for each thing")),
    Requirement("5.10", _("How information and equipment may be used is written down")),
    Requirement("5.11", _("What was lent out comes back when somebody leaves")),
    Requirement("5.12", _("Information is sorted by how much it must be protected")),
    Requirement("5.13", _("One can see on information how it is sorted")),
    Requirement("5.14", _("Information is sent and handed over safely")),
    Requirement("5.15", _("Rules for who gets access to what")),
    Requirement("5.16", _("Each user is one known person or thing, from first day to last")),
    Requirement("5.17", _("Passwords and the like are handed out and kept safely")),
    Requirement("5.18", _("Access rights are given, gone through and taken away")),
    Requirement("5.19", _("The risks that come with suppliers are handled")),
    Requirement("5.20", _("What we demand of security stands in the contracts")),
    Requirement("5.21", _("The chain behind the IT suppliers is secure enough")),
    Requirement("5.22", _("Suppliers and changes at theirs are overseen")),
    Requirement("5.23", _("Cloud services are chosen, used and left safely")),
    Requirement("5.24", _("We are prepared for incidents: roles and plans")),
    Requirement("5.25", _("Somebody judges which events are incidents")),
    Requirement("5.26", _("Incidents are met as we have planned")),
    Requirement("5.27", _("What incidents teach makes us stronger")),
    Requirement("5.28", _("Traces are secured so that they hold afterwards")),
    Requirement("5.29", _("Security holds also in a crisis")),
    Requirement("5.30", _("IT is ready for the services that must not stop")),
    Requirement("5.31", _("We know which laws and contracts bind us and keep them")),
    Requirement("5.32", _("Others' rights to programs and works are respected")),
    Requirement("5.33", _("Records are kept safe from loss and forgery")),
    Requirement("5.34", _("Personal data is protected as the law demands")),
    Requirement("5.35", _("Somebody impartial looks at our security")),
    Requirement("5.36", _("We check that our own rules are kept")),
    Requirement("5.37", _("How things are run is written down for those who do it")),
)

_PEOPLE: Final = (
    Requirement("6.1", _("People's background is checked before they are employed")),
    Requirement("6.2", _("The contract of employment says what security asks of them")),
    Requirement("6.3", _("People learn about security, first and again")),
    Requirement("6.4", _("There is a known way when somebody breaks the rules")),
    Requirement("6.5", _("What still binds who leaves or changes post is said")),
    Requirement("6.6", _("Promises of secrecy are signed where they are needed")),
    Requirement("6.7", _("Work away from the office is safe")),
    Requirement("6.8", _("Employees can report what looks wrong, quickly")),
)

_PLACES: Final = (
    Requirement("7.1", _("Areas with something to protect are fenced off")),
    Requirement("7.2", _("Only those come in who should")),
    Requirement("7.3", _("Offices, rooms and buildings are secured")),
    Requirement("7.4", _("Premises are watched for intruders")),
    Requirement("7.5", _("Fire, water and other dangers around us are thought of")),
    Requirement("7.6", _("There are rules for work in secured areas")),
    Requirement("7.7", _("Nothing lies about on desks or stands open on screens")),
    Requirement("7.8", _("Equipment stands where it is safe")),
    Requirement("7.9", _("Equipment outside the house is looked after")),
    Requirement("7.10", _("Disks and sticks are handled safely for all their life")),
    Requirement("7.11", _("Power, cooling and lines can fail without harm")),
    Requirement("7.12", _("Cables are protected from damage and listening")),
    Requirement("7.13", _("Equipment is maintained")),
    Requirement("7.14", _("Nothing can be read from what we throw out or use again")),
)

_TECHNOLOGY: Final = (
    Requirement("8.1", _("Computers and telephones of users are protected")),
    Requirement("8.2", _("Few have rights to administer, and they are controlled")),
    Requirement("8.3", _("One sees only the information one needs")),
    Requirement("8.4", _("Who may see and change source code is limited")),
    Requirement("8.5", _("Sign-in is as strong as what lies behind it")),
    Requirement("8.6", _("There is room enough in the systems, now and ahead")),
    Requirement("8.7", _("Harmful programs are kept out and found")),
    Requirement("8.8", _("Technical weaknesses are found and mended in time")),
    Requirement("8.9", _("How things are set up is decided, kept and checked")),
    Requirement("8.10", _("Information that is no longer needed is deleted")),
    Requirement("8.11", _("Data is masked where the whole of it need not be seen")),
    Requirement("8.12", _("Information is kept from leaking out")),
    Requirement("8.13", _("There are backup copies, and they have been tried")),
    Requirement("8.14", _("What must not stop exists more than once")),
    Requirement("8.15", _("What happens is logged, and the logs are protected")),
    Requirement("8.16", _("Networks and systems are watched for what is unusual")),
    Requirement("8.17", _("All clocks agree")),
    Requirement("8.18", _("Tools that get past other protection are limited")),
    Requirement("8.19", _("What is installed on systems in use is controlled")),
    Requirement("8.20", _("Networks are secured and looked after")),
    Requirement("8.21", _("What we demand of network services is agreed and followed")),
    Requirement("8.22", _("Networks are divided")),
    Requirement("8.23", _("Dangerous websites are shut out")),
    Requirement("8.24", _("Encryption is used by rule, and its keys are looked after")),
    Requirement("8.25", _("Programs are developed by secure rules from the start")),
    Requirement("8.26", _("What security a program needs is settled before it is made")),
    Requirement("8.27", _("Systems are built on principles of security")),
    Requirement("8.28", _("Code is written so that it is hard to attack")),
    Requirement("8.29", _("Security is tested before something is taken into use")),
    Requirement("8.30", _("Development that others do for us is overseen")),
    Requirement("8.31", _("Development, test and use are kept apart")),
    Requirement("8.32", _("Changes are approved, tested and can be undone")),
    Requirement("8.33", _("Data for tests is chosen with care and protected")),
    Requirement("8.34", _("Audits of systems in use are planned so that they do no harm")),
)

ISO_27002: Final = Standard(
    code="iso27002",
    short="ISO 27002",
    name=_("ISO 27002:2022"),
    about=_("The 93 controls to choose from, which are annex A of ISO 27001 as well."),
    chapters=(
        Chapter(_("The organisation"), _ORGANISATION),
        Chapter(_("People"), _PEOPLE),
        Chapter(_("Places and equipment"), _PLACES),
        Chapter(_("Technology"), _TECHNOLOGY),
    ),
)
