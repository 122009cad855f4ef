"""Expand: campaigns become chunks, and are looked after until everybody is accounted for."""
