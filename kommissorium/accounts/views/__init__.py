"""The pages of people, their sign-in and their roles."""
