"""What is claimed: claims, ledgers of them, obligations, mutants, vacuity."""
