"""What was reported: the ledger of figures, and how a figure comes out of the truth."""
