"""Webhooks: events, brought to the systems of tenants."""
