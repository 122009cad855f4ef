"""Pages for people, open to everybody: the reference of the API and its problems."""
