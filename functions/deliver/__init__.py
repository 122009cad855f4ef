"""Deliver: one function for each channel, each with the rights of that channel alone."""
