"""The commands of `tiau`: one thin function each, in a file for each family."""
