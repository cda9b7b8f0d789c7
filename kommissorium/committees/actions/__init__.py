"""Actions on committees, seats and mandates."""
