"""The typed client and the command, over a scripted API and stubbed AWS."""
