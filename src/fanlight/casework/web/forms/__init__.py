"""Forms whose fields render as GOV.UK components and keep what was typed."""
