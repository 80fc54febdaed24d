"""What can be said: terms, formulas, statements, and the texts they are read from."""
