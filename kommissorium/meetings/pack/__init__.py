"""The meeting pack: the agenda with its texts and attachments, in every edition."""
