"""The models whose rows no event needs to follow, each with the reason.

Rows of all others are written before the last event of the act that writes them, so that it can
carry their hashes.
"""

UNSEALED = {
    "core.Event": "the chain itself: each event carries the hash of the one before",
    "core.Record": "the event that freezes it carries the hashes of what it says",
    "core.Anchor": "repeats number and hash of an event, and is compared with it",
    "core.StoredFile": "its key is the hash of its content; what refers to it is sealed",
    "core.OutboxMail": "mails that wait or were sent: no page shows them as settled",
    "core.Reminded": "keeps the program from reminding twice of the same thing",
    "registers.DailyFigures": "says which event holds the figures of a day",
    "assets.Completeness": "reckoned from the register each day; the event holds the whole of it",
    "risks.CellCount": "kept by triggers: how many of today's risks lie in a cell",
    "risks.CellChange": "kept by triggers: how many risks came into a cell on a day",
    "core.Job": "when the worker last did what it does by itself",
    # Of the libraries
    "sessions.Session": "who is signed in just now",
    "account.EmailAddress": "the address of a person's card once more, for signing in",
    "account.EmailConfirmation": "the library's; nothing writes it",
    "mfa.Authenticator": "secrets of second steps; that one came or went has an event",
    "auth.Group": "the library's; nothing writes it",
    "auth.Group_permissions": "the library's; nothing writes it",
    "auth.Permission": "the library's; written by migrations alone",
    "contenttypes.ContentType": "the library's; written by migrations alone",
}

UNSEALED_COLUMNS = {
    # How far it has come, for the page that waits; nothing when nothing runs.
    "registers.ImportRun": ("progress",),
    # The moment of the last sign-in, and a hash that a sign-in may make anew by a better method.
    "accounts.Person": ("last_login", "password"),
}
