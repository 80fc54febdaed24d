"""The audit of arXiv:2601.22513, one module per part of the paper, in the paper's order."""
