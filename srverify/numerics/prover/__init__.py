"""A prover of inequalities: proof objects that the checker accepted, violating points, hints.

``solve.prove`` is the entrance. It asks ``srverify.numerics.tactics`` for a proof object and for
irrational violating points, ``refute`` for rational ones; only what ``srverify.checker`` accepted
counts as proved. What the rest of this package argues is told as a hint, never as a proof: a statement
is taken apart (``definitions``, ``sequent``). A goal is covered by boxes (``search``) on which compiled
terms (``tape``) are bounded by intervals (``interval``) or slopes (``jets``); violating points are
looked for (``refute``). Where that does not decide, ``reducer`` brings the goal into normal form
(``normalize``; ``algebra`` on ``elementary`` on ``ordering`` on ``ring`` on ``poly``, with
``enclosure`` and ``factoring``), uses its assumptions up (``elimination``) and asks ``signs`` for the
sign of what is left. That tries tactics (``algebraic``, ``monotonicity``, ``minima``) and exact
reductions (``reduction``, ``comparison``, ``changes``, ``pairs``, ``limits``, ``expansion``,
``taylor``), guided by doubles (``approximate``, ``probing``, ``closed_form``).
"""
