"""A campaign of thousands whose workers are killed, and whose events come twice."""
