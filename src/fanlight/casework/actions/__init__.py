"""Writes: one verb a file, keyword-only, `by` and `now` last, one transaction, one row in the log.

What they raise, and what a page does with it:
- `access.NotFound`: 404.
- `access.Refused(sentence)`: the sentence, on a page of its own (403).
- `refusals.Faulty(faults)`: field name → sentences, beside the fields; what was typed is kept.
- `refusals.Stopped(gates)`: the gates in the way, each with its clause, and an override where there is one.
- `refusals.Conflict(since)`: what somebody else has written since; the form is shown again with it, nothing lost.
"""
