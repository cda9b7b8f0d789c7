"""Tests of core.schedule."""
