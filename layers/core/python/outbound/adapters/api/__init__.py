"""The HTTP API: requests read, answers written, problems explained (RFC 9457)."""
