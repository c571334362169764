"""PostgreSQL as Django has it, with fewer journeys to the server."""
