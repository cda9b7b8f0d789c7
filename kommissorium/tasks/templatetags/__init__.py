"""Words for tasks in templates."""
