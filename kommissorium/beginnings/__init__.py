"""How documents of policies begin: with a text of ours, or many at once from files."""
