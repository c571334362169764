"""The key store: one table in a database of its own, apart from the record and from the record's backups."""
