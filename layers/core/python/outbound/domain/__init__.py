"""Pure rules and values: no input, no output, no clock, no randomness."""
