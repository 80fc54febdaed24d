"""The Rocq development: its files, its build, and the axioms that its theorems rest on."""
