"""Emails composed when their template is stored: HTML from MJML, styles inlined, a text part."""
