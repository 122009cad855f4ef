"""Processes killed between any two steps, and providers that are slow or lie."""
