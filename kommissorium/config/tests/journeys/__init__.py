"""Journeys through the running program in Chromium."""
