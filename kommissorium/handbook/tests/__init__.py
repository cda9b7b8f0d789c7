"""Tests of the handbook."""
