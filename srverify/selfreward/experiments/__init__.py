"""Experiments on the softmax simulator, one module each; ``srverify simulate NAME`` runs them.

To add one: write a module that offers what ``base.Experiment`` lists and name it in
``base.MODULES``.
"""
