"""Reading SMT-LIB 2 scripts."""
