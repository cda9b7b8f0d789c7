"""What a committee tells of a quarter or a year: parts that are written, closed and handed out."""
