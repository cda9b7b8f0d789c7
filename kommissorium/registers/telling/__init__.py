"""Reports by a committee on a quarter or a year: parts that are written, closed and handed out."""
