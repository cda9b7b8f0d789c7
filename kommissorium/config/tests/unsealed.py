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
    "core.Job": "when the worker last did what it does by itself",
}
