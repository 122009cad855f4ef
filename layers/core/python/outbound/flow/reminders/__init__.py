"""Reminders: kept, and looked after until nothing is left to send."""
