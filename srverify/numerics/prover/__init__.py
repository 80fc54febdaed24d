"""A prover of inequalities: branch and bound on Arb, with exact reductions where it is tight.

``solve.prove`` is the entrance. A statement is taken apart (``definitions``, ``sequent``). A goal is
covered by boxes (``search``) on which compiled terms (``tape``) are bounded by intervals
(``interval``) or slopes (``jets``); violating points are looked for (``refute``). Where that does not
decide, ``reducer`` brings the goal into normal form (``normalize``; ``algebra`` on ``elementary`` on
``ordering`` on ``ring`` on ``poly``, with ``enclosure`` and ``factoring``), uses its assumptions up
(``elimination``) and asks ``signs`` for the sign of what is left. That tries tactics (``algebraic``,
``monotonicity``, ``minima``) and exact reductions (``reduction``, ``comparison``, ``changes``,
``pairs``, ``limits``, ``expansion``, ``taylor``), guided by doubles (``approximate``, ``probing``,
``closed_form``).
"""
