"""Proof objects as Rocq files: the steps that the checker accepted, proved again by the kernel."""
