"""Imports: reads files of contacts, row by row."""
