"""The contract of the API, as OpenAPI 3.1: made at commit time by `make openapi`, never at run time.

A file per resource lists its operations; `document` puts them together.
"""
