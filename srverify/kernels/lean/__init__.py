"""The Lean project: what can be said of it without a toolchain, and how it is built with one."""
