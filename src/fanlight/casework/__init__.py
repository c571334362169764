"""The shell: the record of the cases, who may see and do what, and the pages, around the engine."""
