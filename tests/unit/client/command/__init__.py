"""The command: what it asks, prints and exits with."""
