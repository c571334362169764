"""The JSON API: the same queries and actions as the pages, and nothing else; no rule stands here.

Whoever is signed in to the pages is signed in here, by the same cookie; a write sends the CSRF token as well. Each address
reads by one query or writes by one action, leaves the rows in the log that the page leaves, and says the same to whoever
may not see a case as for a case that was never opened.
"""
