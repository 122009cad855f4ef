"""Manage: what an operator or a developer sets up before anything is sent."""
