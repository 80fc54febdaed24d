"""The commands that this paper adds to the command line."""
