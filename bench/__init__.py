"""How fast Fanlight is, as ratios measured side by side in one run: `make bench`. It is not installed with the product."""
