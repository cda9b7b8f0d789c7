"""Words for committees in templates."""
