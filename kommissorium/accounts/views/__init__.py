"""Pages about people, their sign-in and their roles."""
