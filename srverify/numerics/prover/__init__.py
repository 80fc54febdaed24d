"""A prover of inequalities: proof objects that the checker accepted, or violating points.

``solve.prove`` is the entrance. It asks ``srverify.numerics.tactics`` for a proof object and for
irrational violating points, ``refute`` for rational ones; only what ``srverify.checker`` accepted
counts as proved. For refutation a statement is taken apart (``definitions``, ``sequent``, ``region``)
and compiled (``tape`` on ``interval``); ``search`` decides boxes.
"""
