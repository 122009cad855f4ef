"""The parts of the service stack, one file per part of a message's way."""
