"""Expand: from a campaign's audience to chunks, and from its first chunk to its last message."""
