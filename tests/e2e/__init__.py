"""What a person or a tool sees of the running parts."""
