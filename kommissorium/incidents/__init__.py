"""Incidents: reports, notifications with their deadlines, and lessons."""
