"""Facts about exp, log and powers for solvers that know only polynomials.

``normal`` brings arguments into a normal form, ``templates`` states the facts, ``selection`` picks the
instances that a set of terms calls for, ``settled`` has another engine prove each fact before use.
"""
