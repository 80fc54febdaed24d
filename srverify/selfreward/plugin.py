"""What this paper's package adds to srverify: see ``srverify.claims.plugins``."""

from __future__ import annotations

from srverify.claims.plugins import Command, Plugin
from srverify.selfreward.experiments.base import MODULES

PLUGIN = Plugin(
    name="selfreward",
    commands={
        "bound": Command(
            "evaluate the paper's bounds for given parameters", "srverify.selfreward.commands.bound"
        ),
        "simulate": Command(
            "run a named experiment of the softmax simulator", "srverify.selfreward.commands.simulate"
        ),
    },
    experiments=tuple(MODULES),
    plots="srverify.selfreward.figures:plots",
)
