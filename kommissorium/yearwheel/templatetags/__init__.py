"""Words of the year wheel in templates."""
