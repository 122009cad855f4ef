"""Inbound: what people text us, by way of End User Messaging's two-way topic."""
