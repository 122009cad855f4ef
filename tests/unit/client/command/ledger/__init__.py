"""`outbound ledger`."""
