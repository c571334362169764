"""Views: each reads by one query or writes by one action, and shows a page."""
