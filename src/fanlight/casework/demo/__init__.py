"""The demo: an invented cast and invented cases, told through the product's own write path."""
