"""Template filters of tasks."""
