"""Bulk delivery: chunks of a campaign's run, brought on their way."""
