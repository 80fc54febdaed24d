"""The kernels of proof assistants: how developments are built, asked and read."""
