"""What is about arXiv:2601.22513 only: simulator, bounds, computations, experiments."""
