"""Incidents: what was reported, by when it must be told to whom, and what was learned of it."""
