"""Proofs without network, disk or time: domain and flow over stores in memory."""
