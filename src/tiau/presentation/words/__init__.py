"""What numbers mean in plain words, the same in the terminal and on pages."""
