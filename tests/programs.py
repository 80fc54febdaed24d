"""Tests that need a program from outside Python."""

from __future__ import annotations

import os
import shutil

import pytest


def needs(program: str, found: bool | None = None) -> pytest.MarkDecorator:
    """Skip where a program is missing, except in CI: that installs it, and a skip would hide a failure.

    ``found`` tells whether it is there, if being on PATH does not.
    """
    there = shutil.which(program) is not None if found is None else found
    skip = not there and not os.environ.get("CI")
    return pytest.mark.skipif(skip, reason=f"{program} is not installed")
