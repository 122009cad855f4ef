"""What is set up before anything is sent."""
