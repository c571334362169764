"""Reads for pages: each gives plain frozen values out, and shows nobody what they may not see.

Every query takes the member of staff who looks as `viewer`, and the moment as `now`, last.
What the viewer may not see raises `access.NotFound`. No query writes: a view of a case is
logged by `actions.log_view`, which the page calls.
"""
