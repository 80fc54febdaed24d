"""One statement as SMT-LIB 2, Rocq, Lean 4, LaTeX and MathML."""
