"""Fanlight: a social landlord carries out its own domestic abuse policy with it."""
