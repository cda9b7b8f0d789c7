"""The pages of the room texts."""
