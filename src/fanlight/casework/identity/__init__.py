"""Who somebody is: sessions, passwords, second steps, the identity provider, and what stops guessing. Not what they may do."""
