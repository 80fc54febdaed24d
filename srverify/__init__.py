"""srverify: a machine-checked audit of the mathematics of a paper."""

__version__ = "0.1.0"
