"""Threats by attackers and by people, and where measures or equipment give way."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.risks.models.built_in.shape import BuiltIn

ATTACKS: dict[str, BuiltIn] = {
    "phishing": BuiltIn(
        "cyber",
        ",system,",
        _("Phishing hands a password to an outsider"),
        _(
            "A false mail or text message looks real, and somebody types user name and password"
            " on a page the attacker made."
        ),
    ),
    "ransomware": BuiltIn(
        "cyber",
        ",system,data_set,",
        _("Ransomware locks data"),
        _(
            "Files and servers are encrypted, and money is demanded to open them. Backups that"
            " can be reached from the network are locked too."
        ),
    ),
    "data_theft": BuiltIn(
        "cyber",
        ",system,data_set,",
        _("Data are stolen and published"),
        _(
            "Somebody copies data unseen over weeks, and threatens to publish them or sells them"
            " on."
        ),
    ),
    "admin_takeover": BuiltIn(
        "cyber",
        ",system,",
        _("An administrator's account is taken over"),
        _(
            "With the account an outsider can see, change and delete everything, and wipe out the"
            " traces."
        ),
    ),
    "known_hole": BuiltIn(
        "cyber",
        ",system,",
        _("A known vulnerability is used before it is closed"),
        _("The maker has told of a weakness, but the update waits for the next service window."),
    ),
    "flooding": BuiltIn(
        "cyber",
        ",system,",
        _("A service is flooded with traffic"),
        _("So many false requests come in that citizens and employees cannot get through."),
    ),
    "self_service": BuiltIn(
        "cyber",
        ",system,",
        _("A self-service page opens the way to data"),
        _("A weakness in a form or an interface lets a stranger read the cases of others."),
    ),
    "payment_fraud": BuiltIn(
        "cyber",
        "",
        _("Somebody poses as a manager or a supplier"),
        _(
            "A mail or a call that sounds right makes somebody pay a false invoice, change an"
            " account number or give away data."
        ),
    ),
    "wrong_recipient": BuiltIn(
        "people",
        "",
        _("Personal data are sent to the wrong recipient"),
        _("A name is completed wrongly by the mail program, or a letter goes to an old address."),
    ),
    "published": BuiltIn(
        "people",
        "",
        _("Confidential matter is published by mistake"),
        _(
            "An appendix, a hidden column or a name that was not blacked out ends up on "
            "the website or in an answer to a request for access."
        ),
    ),
    "snooping": BuiltIn(
        "people",
        ",system,archive,",
        _("An employee looks up people without need"),
        _(
            "Access is open for the sake of the work, and curiosity about a neighbour or a known"
            " case is not discovered."
        ),
    ),
    "insider": BuiltIn(
        "people",
        ",system,data_set,",
        _("An employee misuses access on purpose"),
        _(
            "Somebody about to leave, in conflict or under pressure copies, changes or deletes"
            " data."
        ),
    ),
    "wrong_entry": BuiltIn(
        "people",
        ",system,data_set,",
        _("Data are entered or changed wrongly"),
        _(
            "A wrong CPR number or a note in the wrong case leads to a wrong decision about a"
            " citizen."
        ),
    ),
    "deleted": BuiltIn(
        "people",
        ",system,data_set,",
        _("Data are deleted by mistake"),
        _(
            "Somebody tidies up, and what was needed goes along. It is noticed only when the"
            " backup has run out."
        ),
    ),
    "left_behind": BuiltIn(
        "people",
        "",
        _("Papers or a device are left behind"),
        _("A bag stays on the train, or a case file lies open in a car or a meeting room."),
    ),
    "own_tools": BuiltIn(
        "people",
        ",system,data_set,",
        _("Work is done in tools nobody has approved"),
        _(
            "Data are put into a free service on the internet, an AI assistant or a private"
            " mailbox, and nobody knows where they end."
        ),
    ),
    "kept_access": BuiltIn(
        "measures",
        ",system,archive,",
        _("Former employees keep their access"),
        _("Nobody tells the system when somebody moves to other work or leaves."),
    ),
    "wide_access": BuiltIn(
        "measures",
        ",system,data_set,",
        _("Access is wider than the work asks for"),
        _("Roles were made for the sake of ease, and temporary access became permanent."),
    ),
    "weak_login": BuiltIn(
        "measures",
        ",system,",
        _("Signing in is too weak"),
        _("A password alone is enough, it is shared among colleagues, or the screen stands open."),
    ),
    "backup": BuiltIn(
        "measures",
        ",system,data_set,",
        _("The backup cannot be restored"),
        _("It is taken, but nobody has tried to restore it, and part of the data was never in it."),
    ),
    "no_log": BuiltIn(
        "measures",
        ",system,",
        _("The log is missing when it is needed"),
        _(
            "It was not turned on, is deleted too soon, or nobody looks at it, so that misuse"
            " cannot be explained."
        ),
    ),
    "no_encryption": BuiltIn(
        "measures",
        ",system,data_set,",
        _("Data are not encrypted where they should be"),
        _("Data are sent or kept so that whoever gets hold of them can read them."),
    ),
    "kept_too_long": BuiltIn(
        "measures",
        "",
        _("Data are kept longer than allowed"),
        _(
            "There is no rule for deletion, or nobody follows it, and a leak becomes larger than"
            " it had to be."
        ),
    ),
    "connection": BuiltIn(
        "network",
        ",system,",
        _("The network or the internet connection fails"),
        _("A cable is cut or a central switch fails, and there is no other way round."),
    ),
    "unsafe_place": BuiltIn(
        "network",
        ",system,data_set,",
        _("Work is done where others can listen or look"),
        _(
            "Somebody works on an open network, on a train or at home, with a screen and voices"
            " others follow."
        ),
    ),
    "old_client": BuiltIn(
        "network",
        ",system,",
        _("A computer or a phone is not up to date"),
        _(
            "It has been off for long, is private, or is not managed by anybody, and brings in"
            " what it has caught."
        ),
    ),
    "unknown_device": BuiltIn(
        "network",
        ",system,",
        _("Unknown equipment is connected"),
        _("A found memory stick or a private router bypasses the protection."),
    ),
    "things": BuiltIn(
        "network",
        ",system,",
        _("Things on the network are looked after by nobody"),
        _(
            "Cameras, door locks, heating or care equipment have old programs and the password"
            " they came with."
        ),
    ),
}
