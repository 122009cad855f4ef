"""Imports: files of contacts, announced, uploaded past us, and read row by row."""
