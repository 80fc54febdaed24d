"""One module per command of the command line.

A command module defines ``configure(parser)`` (its arguments) and ``run(arguments)`` (returns the
exit status). It imports anything heavy inside ``run``, so that ``--help`` stays instant.
"""
