"""The Lambda functions, one folder each, named after the stage that they are the door to."""
