"""Webhooks: the queue of what is on its way, and the way over HTTPS."""
