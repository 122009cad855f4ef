"""The proofs, by how much of the platform they run."""
