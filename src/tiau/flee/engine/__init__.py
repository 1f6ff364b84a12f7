"""The rules of Flee 3 on counts: what the world does by day, which routes there are, who comes, who moves."""
