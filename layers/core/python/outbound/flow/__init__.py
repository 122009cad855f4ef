"""The use cases, each named after its stage, over the ports."""
