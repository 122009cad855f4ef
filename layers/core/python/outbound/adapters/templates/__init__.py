"""The template language: Jinja2 in a sandbox that is small enough to be bounded."""
