"""The contract of the API as OpenAPI 3.1, made by `make openapi` and never at run time.

A file per resource lists its operations; `document` puts them together.
"""
