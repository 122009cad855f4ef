"""Intake: messages accepted and looked up over HTTPS."""
