"""Pages about committees, their seats and their mandates."""
