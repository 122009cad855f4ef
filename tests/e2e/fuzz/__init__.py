"""Requests made up from the document of the API, by schemathesis."""
