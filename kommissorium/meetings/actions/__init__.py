"""All writes about meetings, agendas and what is attached to them."""
