"""What was saved of Amazon Pinpoint, brought along: templates; the rest is told by its name."""
