"""The audit as one self-contained HTML page: no network, no script needed to read it."""

from srverify.report.html.page import render, write

__all__ = ["render", "write"]
