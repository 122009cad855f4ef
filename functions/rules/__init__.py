"""Rules: events of other systems that become messages, by way of an EventBridge bus."""
