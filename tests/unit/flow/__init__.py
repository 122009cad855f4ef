"""The use cases over stores in memory."""
