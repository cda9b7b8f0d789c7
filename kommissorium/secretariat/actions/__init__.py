"""The committee's cycle: what spans the rooms when a meeting is called, held and approved."""
