"""Exact and rigorous numbers: evaluation, branch and bound, Lambert W."""
