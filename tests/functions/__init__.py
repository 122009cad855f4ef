"""Real events through the handlers, on moto."""
