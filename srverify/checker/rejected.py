"""The one way in which the checker says no."""

from __future__ import annotations

from srverify.language.errors import SrverifyError


class RejectedError(SrverifyError):
    """A proof object was rejected: where, which rule, why.

    Parameters
    ----------
    path
        Child indices from the root to the rejected node.
    rule
        The node's rule.
    reason
        What is wrong, in one line.
    """

    def __init__(self, reason: str, rule: str = "", path: tuple[int, ...] = ()) -> None:
        place = "/".join(map(str, path)) or "root"
        super().__init__(f"rejected at {place} ({rule}): {reason}" if rule else reason)
        self.reason, self.rule, self.path = reason, rule, path
