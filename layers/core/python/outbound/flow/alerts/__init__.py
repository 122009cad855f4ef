"""Alerts: made, approved by a second person, sent by every way at once, and acknowledged."""
