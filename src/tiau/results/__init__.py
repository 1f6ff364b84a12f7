"""What a run gives: labelled arrays with units, tables, and the folder that holds them."""
