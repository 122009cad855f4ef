"""Receipts of AWS's services, read into one form. What isn't a receipt of ours reads as None."""
