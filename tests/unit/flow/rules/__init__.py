"""Events of other systems that become messages."""
