"""A case in the format of Flee as frozen values: its tables, its settings, its data."""
