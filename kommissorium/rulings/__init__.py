"""Interpretations of rules and dispensations from them: asked for, decided, shown."""
