"""Pages: what is open to everybody."""
