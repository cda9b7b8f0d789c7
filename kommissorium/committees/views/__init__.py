"""The pages about committees, their seats and their mandates."""
