"""Manage: templates and API keys; and the answer to addresses that don't exist."""
