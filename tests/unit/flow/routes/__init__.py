"""Requests over several channels."""
