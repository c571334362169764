"""The commands beyond the engine: `fanlight COMMAND` runs the `Command` of the module of that name."""
