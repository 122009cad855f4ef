"""Real events through the handlers, on moto and the carrier simulator."""
