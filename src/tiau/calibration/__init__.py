"""Which parameters fit a scenario's figures."""
