"""The carrier simulator, called by real boto3 clients."""
