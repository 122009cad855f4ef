"""Events: what becomes of messages, told to other systems."""
