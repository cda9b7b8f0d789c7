"""Actions that span rooms: when a meeting is called, held and approved."""
