"""Engines that misbehave on purpose; tests register them beside the real ones."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import ClassVar

from srverify.claims.obligation import Obligation, Options, Replay, Theorem
from srverify.claims.outcome import Outcome, Status, Trust, accepted
from srverify.engines.base import Availability, Engine
from srverify.language.statement import Statement


class _Fake(Engine):
    name: ClassVar[str] = "fake"
    summary: ClassVar[str] = "a fake"
    trust: ClassVar[Trust] = Trust.RIGOROUS

    def probe(self) -> Availability:
        return Availability(True, "1.0")

    def refusal(self, obligation: Obligation) -> str | None:
        return None

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        raise NotImplementedError

    def _outcome(self, status: Status, **more: object) -> Outcome:
        trust = self.trust if status in (Status.PROVED, Status.REFUTED) else None
        return Outcome(self.name, status, trust, **more)  # type: ignore[arg-type]


class Oracle(_Fake):
    """Right about everything of one variable: samples to refute, and believes the rest."""

    name = "oracle"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        from srverify.numerics.mpmath_eval import violates

        assert isinstance(obligation, Statement)
        for text in ("0", "1", "2", "-1", "1/2", "3", "-5/2", "100"):
            from fractions import Fraction

            point = {v.name: Fraction(text) for v in obligation.variables}
            if violates(obligation, point):
                witness = {v.name: text for v in obligation.variables}
                return self._outcome(Status.REFUTED, witness=witness)
        if options.refute_only:
            return self._outcome(Status.UNKNOWN)
        log = os.environ.get("FAKE_LOG")
        if log:
            with open(log, "a") as stream:
                stream.write("settled\n")
        return self._outcome(Status.PROVED)


class Yes(_Fake):
    """Proves everything."""

    name = "yes"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        return self._outcome(Status.PROVED)


class No(_Fake):
    """Refutes everything at x = 1, rightly or not."""

    name = "no"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        assert isinstance(obligation, Statement)
        witness = {v.name: "1" for v in obligation.variables}
        return self._outcome(Status.REFUTED, witness=witness)


class Third(_Fake):
    """Refutes everything at x = 1/3."""

    name = "third"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        return self._outcome(Status.REFUTED, witness={"x": "1/3"})


class Shy(_Fake):
    """Takes nothing."""

    name = "shy"

    def refusal(self, obligation: Obligation) -> str | None:
        return "takes nothing"


class Killed(_Fake):
    name = "killed"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


class Segfault(_Fake):
    name = "segfault"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        import ctypes

        ctypes.string_at(0)
        raise AssertionError


class Exits(_Fake):
    name = "exits"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        print("something went wrong inside")
        import sys

        sys.stdout.flush()
        os._exit(3)


class Hangs(_Fake):
    """Hangs, with a child in a session of its own that hangs too; writes both ids to a file."""

    name = "hangs"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        import subprocess

        child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
        log = os.environ.get("FAKE_PIDS")
        if log:
            Path(log).write_text(f"{os.getpid()} {child.pid}")
        while True:
            time.sleep(1)


class Spins(_Fake):
    """Works without end."""

    name = "spins"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        while True:
            pass


class Hungry(_Fake):
    name = "hungry"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        hoard = [bytes(1 << 26) for _ in range(1000)]
        return self._outcome(Status.PROVED, detail=str(len(hoard)))


class Raises(_Fake):
    name = "raises"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        raise ZeroDivisionError("oh no\nsecond line")


class Chatty(_Fake):
    """Writes to stdout and stderr, as libraries do."""

    name = "chatty"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        print("x" * 100_000)
        os.write(1, b"raw")
        return self._outcome(Status.PROVED)


class Opaque(_Fake):
    """Returns evidence that is not plain data."""

    name = "opaque"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        return self._outcome(Status.PROVED, evidence={"object": object()})


class Untrusted(_Fake):
    """Claims a proof without saying what it trusts."""

    name = "untrusted"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        return Outcome(self.name, Status.PROVED)


class Numerical(_Fake):
    """Calls a sample a proof."""

    name = "numerical"
    trust = Trust.NUMERICAL

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        return self._outcome(Status.PROVED)


class Missing(_Fake):
    """Its library is not installed."""

    name = "missing"

    def probe(self) -> Availability:
        return Availability(False, reason="no library", install="pip install library")


class Slow(_Fake):
    """Right like the oracle, after a while."""

    name = "slow"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        time.sleep(0.2)
        return Outcome(self.name, Oracle().settle(obligation, options).status, self.trust)


class Whole(_Fake):
    """Knows nothing but its limit."""

    name = "whole"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        return self._outcome(Status.UNKNOWN, detail=str(options.timeout))


class Limited(Whole):
    """Finds everything beyond it."""

    name = "limited"

    def beyond(self, obligation: Obligation) -> bool:
        return True


class Kernel(_Fake):
    """Accepts the theorems called ``good``; others are unknown, or what their names say."""

    name = "rocq"
    trust = Trust.KERNEL

    def refusal(self, obligation: Obligation) -> str | None:
        return None if type(obligation).__name__ == "Theorem" else "checks theorems"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        assert isinstance(obligation, Theorem)
        match obligation.name:
            case "good":
                return self._outcome(accepted(obligation))
            case "proved" | "refuted":
                return self._outcome(Status(obligation.name))
            case "untrusted":
                return Outcome(self.name, accepted(obligation))
        return self._outcome(Status.UNKNOWN, detail="no such")


class Follower(_Fake):
    """Follows proof objects about squares; it knows no theorem."""

    name = "rocq"
    trust = Trust.KERNEL

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        if not isinstance(obligation, Replay):
            return self._outcome(Status.ERROR, detail="no such theorem")
        if "2*x <=" in obligation.statement.text:
            return self._outcome(Status.PROVED)
        return self._outcome(Status.UNKNOWN, detail="no replay")

    def fingerprint(self, obligation: Obligation) -> str:
        return "follower"


REGISTRY = {
    cls.name: f"fake_engines:{cls.__name__}"
    for cls in (
        Oracle, Yes, No, Third, Shy, Killed, Segfault, Exits, Hangs, Spins, Hungry, Raises, Chatty,
        Opaque, Untrusted, Numerical, Missing, Slow, Whole, Limited,
    )
}  # fmt: skip
REGISTRY["broken"] = "fake_engines:NoSuchClass"
REGISTRY["nolibrary"] = "fake_engine_without_library:Engine"


class Gullible(_Fake):
    """A kernel that knows every theorem."""

    name = "rocq"
    trust = Trust.KERNEL

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        assert isinstance(obligation, Theorem)
        return self._outcome(accepted(obligation))
