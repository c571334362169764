"""From the story of a case to its ruling: the only module of the shell that calls the engine."""
