from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Register the fake engines beside the real ones."""
    import fake_engines

    import srverify.engines
    from srverify.audit import plan

    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    for name, entry in fake_engines.REGISTRY.items():
        monkeypatch.setitem(srverify.engines.REGISTRY, name, entry)
    # The fakes alone decide: no real engine helps with mutants.
    monkeypatch.setattr(plan, "REFUTERS", ())
    srverify.engines.engine.cache_clear()
    yield
    srverify.engines.engine.cache_clear()
