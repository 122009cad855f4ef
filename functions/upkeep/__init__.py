"""Upkeep: what is done in the background, and for an operator."""
