"""A prover of inequalities: branch and bound on Arb, with exact reductions where it is tight."""
