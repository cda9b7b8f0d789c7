"""The Danish NIS 2 act, sections 6, 7, 10, 12, 13 and 15: what each requires, in our own words."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kommissorium.yearwheel.standards.model import Chapter, Requirement, Standard

NIS_2: Final = Standard(
    code="nis2",
    short="NIS 2",
    name=_("The NIS 2 act"),
    about=_(
        "The least that must be done, what the management body itself must do, and what is reported."
    ),
    chapters=(
        Chapter(
            _("The ten measures"),
            (
                Requirement("§ 6 nr. 1", _("Policies for analysing risks and for secure systems")),
                Requirement("§ 6 nr. 2", _("Incidents are found, handled and learnt from")),
                Requirement(
                    "§ 6 nr. 3", _("Work goes on in a crisis: backup, recovery, crisis team")
                ),
                Requirement("§ 6 nr. 4", _("Suppliers, and whom they rely on, are secure enough")),
                Requirement(
                    "§ 6 nr. 5",
                    _("Systems are bought, built and kept securely; weaknesses are mended"),
                ),
                Requirement("§ 6 nr. 6", _("We examine whether the measures work")),
                Requirement("§ 6 nr. 7", _("Good daily habits, and training for all")),
                Requirement("§ 6 nr. 8", _("When and how we encrypt is settled")),
                Requirement(
                    "§ 6 nr. 9", _("Employees, access rights and assets are under control")
                ),
                Requirement(
                    "§ 6 nr. 10", _("Strong sign-in, and safe ways to talk, in a crisis as well")
                ),
            ),
        ),
        Chapter(
            _("The management body"),
            (
                Requirement(
                    "§ 7 stk. 1", _("The management body approves the measures and oversees them")
                ),
                Requirement(
                    "§ 7 stk. 2",
                    _("Its members take courses and see that employees are offered them"),
                ),
            ),
        ),
        Chapter(
            _("Registration and reporting"),
            (
                Requirement(
                    "§ 10", _("We are registered, and changes are reported within two weeks")
                ),
                Requirement("§ 12", _("Significant incidents are reported without undue delay")),
                Requirement(
                    "§ 13",
                    _("A warning within 24 hours, a notice within 72, a final report in a month"),
                ),
                Requirement(
                    "§ 15", _("Those who rely on our services are told of incidents and threats")
                ),
            ),
        ),
    ),
)
