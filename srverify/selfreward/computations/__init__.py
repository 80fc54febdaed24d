"""Finite exact computations and symbolic derivations that claims cite as ``Computation`` functions."""
