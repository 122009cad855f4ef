"""Schedule: what EventBridge Scheduler calls each minute."""
