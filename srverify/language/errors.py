"""The errors that srverify raises on purpose; the command line prints each as one line."""


class SrverifyError(Exception):
    """Base class: a one-line message for the user, without a traceback."""


class InputError(SrverifyError, ValueError):
    """The input is wrong: the message says what, where, and what would be right (exit status 2)."""


class TooDeepError(InputError):
    """A term has more operators inside each other than are handled."""


class UnsupportedError(SrverifyError, NotImplementedError):
    """An engine or printer has no rule for a construct; the message carries the expression."""
