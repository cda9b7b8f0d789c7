"""The only writers of the room of reports."""
