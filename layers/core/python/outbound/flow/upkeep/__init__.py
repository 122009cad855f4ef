"""What is done in the background: anchors of the ledger, the mirror of suppressions."""
