"""Pages of audits besides those of any activity."""
