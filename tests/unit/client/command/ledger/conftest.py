from tests.unit.client.command.on_world import command, world

__all__ = ["command", "world"]
