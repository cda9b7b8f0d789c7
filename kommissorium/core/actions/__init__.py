"""What actions of all rooms are made of."""
