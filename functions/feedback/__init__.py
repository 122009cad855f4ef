"""Feedback: receipts of SES, End User Messaging and SNS, applied to their messages."""
