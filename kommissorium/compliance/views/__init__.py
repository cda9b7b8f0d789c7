"""Pages that answer whether a committee fulfils its mandate."""
