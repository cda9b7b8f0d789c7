"""Actions on meetings, agendas, minutes and decisions."""
