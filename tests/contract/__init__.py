"""The same cases for each port in memory and as it is in production."""
