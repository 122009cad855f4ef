"""Imports: files of contacts and appointments, announced, uploaded past us, and read row by row."""
