"""Pages of audits beside those of any activity."""
