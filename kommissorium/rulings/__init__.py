"""How rules are to be understood and where they need not be followed: asked for, decided, shown."""
