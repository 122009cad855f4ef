"""Outbound: what every function of the platform shares."""
