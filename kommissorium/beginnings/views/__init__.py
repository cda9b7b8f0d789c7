"""The pages of the room beginnings."""
