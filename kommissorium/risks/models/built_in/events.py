"""Threats from suppliers, systems that fail, the physical world and the organisation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.risks.models.built_in.shape import BuiltIn

EVENTS: dict[str, BuiltIn] = {
    "supplier_attack": BuiltIn(
        "supplier",
        ",system,data_set,",
        _("The supplier is attacked"),
        _(
            "Attackers come in through a supplier many municipalities share, or take the data"
            " that lie there."
        ),
    ),
    "supplier_stops": BuiltIn(
        "supplier",
        ",system,",
        _("The supplier cannot deliver"),
        _("Bankruptcy, a sale or a strike stops operation and help from one day to the next."),
    ),
    "sub_processor": BuiltIn(
        "supplier",
        ",system,data_set,",
        _("A sub-processor handles data without control"),
        _("Data end with a firm, or in a country, that the municipality has not approved."),
    ),
    "remote_access": BuiltIn(
        "supplier",
        ",system,",
        _("The supplier's remote access is misused"),
        _(
            "Access for service stands open day and night, is shared by several, or goes further"
            " than the task."
        ),
    ),
    "no_way_out": BuiltIn(
        "supplier",
        ",system,data_set,",
        _("There is no way to another supplier"),
        _("The contract does not say how data are handed over, and the municipality is bound."),
    ),
    "bad_update": BuiltIn(
        "supplier",
        ",system,",
        _("An update from the supplier does damage"),
        _("A fault, or something that was smuggled in, reaches all customers at once."),
    ),
    "breakdown": BuiltIn(
        "system",
        ",system,data_set,",
        _("A server or a database breaks down"),
        _("Worn equipment, a full disk or a fault stops the work until it is mended."),
    ),
    "wrong_result": BuiltIn(
        "system",
        ",system,",
        _("The program calculates or decides wrongly"),
        _(
            "A fault, or a rule read wrongly, gives many citizens a wrong payment or decision"
            " before it is seen."
        ),
    ),
    "interfaces": BuiltIn(
        "system",
        ",system,data_set,",
        _("Data are lost between two systems"),
        _("A transfer stops without anybody being told, or sends the same twice."),
    ),
    "mixed_data": BuiltIn(
        "system",
        ",system,data_set,",
        _("Data about people are mixed up"),
        _("Two people become one, or a citizen sees the letters of another."),
    ),
    "end_of_life": BuiltIn(
        "system",
        ",system,",
        _("The system is no longer kept up to date"),
        _("The maker has stopped, but the system is still in use, and no one closes the holes."),
    ),
    "failed_change": BuiltIn(
        "system",
        ",system,data_set,",
        _("A change or a move goes wrong"),
        _("It was not tried first, and there is no way back to how it was."),
    ),
    "fire": BuiltIn(
        "physical",
        "",
        _("Fire destroys equipment or papers"),
        _(
            "It begins in an installation or a neighbouring room, and smoke and water do as much"
            " damage as the flames."
        ),
    ),
    "water": BuiltIn(
        "physical",
        "",
        _("Water gets in"),
        _(
            "A cloudburst, a burst pipe or a roof that leaks hits the basement where archives and"
            " equipment stand."
        ),
    ),
    "power": BuiltIn(
        "physical",
        ",system,",
        _("The power fails"),
        _("The emergency supply is missing, too small, or has not been tried for years."),
    ),
    "burglary": BuiltIn(
        "physical",
        "",
        _("Equipment or papers are stolen"),
        _("Somebody breaks in at night, or takes a computer from an open office by day."),
    ),
    "visitors": BuiltIn(
        "physical",
        ",system,archive,",
        _("Outsiders walk in"),
        _("A door stands open, or nobody asks the stranger who looks as if he belongs."),
    ),
    "archive_decay": BuiltIn(
        "physical",
        ",archive,",
        _("Archived papers decay or disappear"),
        _("Damp, mould or careless lending, and no list of what should be there."),
    ),
    "key_person": BuiltIn(
        "operations",
        "",
        _("The knowledge lies with one person"),
        _("Only one knows how it is run. Holiday, illness or a new job stops the work."),
    ),
    "absence": BuiltIn(
        "operations",
        "",
        _("Many are away at once"),
        _("Illness, a strike or bad weather keeps so many at home that the work cannot be done."),
    ),
    "nobody_answers": BuiltIn(
        "operations",
        "",
        _("Nobody answers for it"),
        _(
            "After a reorganisation a system or an archive has no owner, and what should be done"
            " is left undone."
        ),
    ),
    "unpractised": BuiltIn(
        "operations",
        "",
        _("The contingency plan does not hold"),
        _("It is out of date, was never practised, or lies in the system that is down."),
    ),
    "unlawful": BuiltIn(
        "operations",
        "",
        _("Data are processed without lawful ground"),
        _(
            "A purpose is stretched, a new demand of law is missed, or those the data are about"
            " are not told."
        ),
    ),
}
