"""Proposition 4.3 and Appendix E: when greedy decoding misses the most likely sequence.

Above mass 1/2 greedy decoding finds the mode; at mass q < 1/2 it can miss it. The paper's construction
leaves a few points open, and its remark turns possibility into certainty.
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.selfreward.computations import greedy as computed

from ._kit import (
    POLYNOMIAL,
    RATIONAL,
    computation,
    kernel,
    mutant,
    refuted_in_kernel,
    repair,
    simulated,
    stated,
    text,
)

E01 = Claim(
    id="E01",
    slug="success-above-half",
    title="mode mass above 1/2 makes greedy decoding return the mode",
    paper="Proposition 4.3, converse side",
    prose=text("""
        The mode's mass is a product of conditionals, so each of them exceeds 1/2 and no other token
        can tie: greedy follows the mode token by token.
    """),
    expected=Verdict.HOLDS,
    experiments=("greedy",),
    parts=(stated("pi(y*|x) > 1/2 makes greedy decoding return y*", "all-models"),),
    checks=(
        Check(
            "conditional",
            statement("1/2 < c", "1/2 < c*m", c="[0, 1]", m="[0, 1]"),
            engines=RATIONAL,
            note="c is one conditional along the mode, m the product of the others.",
            example={"c": "1", "m": "1"},
            rocq="E01_conditional",
            lean="SRVerify.E01_conditional",
        ),
        Check(
            "no-rival",
            statement("d < c", "1/2 < c", "c + d <= 1", c="[0, 1]", d="[0, 1]"),
            engines=POLYNOMIAL,
            note="Any other token of the step has a smaller conditional.",
            example={"c": "3/4", "d": "1/4"},
            rocq="E01_no_rival",
            lean="SRVerify.E01_no_rival",
        ),
        simulated("E01"),
        kernel("all-models", "E01_success_above_half", "every vocabulary, length and model"),
    ),
)

E02 = Claim(
    id="E02",
    slug="trap",
    title="the trap construction has room iff q > 1/3 (V = 2) or q > 1/(3+(V-2)V^{L-1}) (V >= 3)",
    paper="Proposition 4.3, Appendix E",
    prose=text("""
        The first token of the mode has mass q with a deterministic continuation, a trap has mass q + e
        with 0 < e <= 1 - 2q and e < q, and every sequence off the mode stays below q. For V = 2
        nothing else can take mass, so e = 1 - 2q < q; for V >= 3 the other tokens hold less than S q
        with S = (V-2)V^{L-1}. The trap is what greedy picks iff some e leaves every other token
        lighter than q + e, that is iff q > 1/(2V-1). Zero-mass continuations break full support; the
        general version (E04) does not.
    """),
    expected=Verdict.HOLDS,
    experiments=("greedy",),
    parts=(
        stated("the trap has room iff q > 1/(3+(V-2)V^{L-1}) (V = 2: 1/3), below 1/2", "all-models"),
        stated("greedy picks it iff q > 1/(2V-1)", "all-picks"),
    ),
    checks=(
        Check(
            "room-binary",
            statement("0 < 1 - 2*q and 1 - 2*q < q", q="(1/3, 1/2)"),
            engines=RATIONAL,
            note="V = 2: the whole rest goes to the trap.",
            mutants=(mutant("1/3 replaced by 0.33", "0 < 1 - 2*q and 1 - 2*q < q", q="(33/100, 1/2)"),),
            rocq="E02_room_binary_stated",
            lean="SRVerify.E02_room_binary",
        ),
        Check(
            "room-binary-needed",
            statement("1/3 < q", "e = 1 - 2*q", "e < q", q="(0, 1/2)", e="(0, 1)"),
            engines=POLYNOMIAL,
            example={"q": "2/5", "e": "1/5"},
            rocq="E02_room_binary_needed",
            lean="SRVerify.E02_room_binary_needed",
        ),
        Check(
            "room",
            statement(
                "max(0, 1 - 2*q - S*q) < min(q, 1 - 2*q)", "1 < (3 + S)*q", q="(0, 1/2)", S="(0, oo)"
            ),
            engines=POLYNOMIAL,
            note="V >= 3: an e fits between what must and what may go to the trap.",
            example={"q": "1/3", "S": "3"},
            rocq="E02_room",
            lean="SRVerify.E02_room",
        ),
        Check(
            "room-needed",
            statement(
                "1 < (3 + S)*q",
                "e < q",
                "1 - 2*q - e <= S*q",
                q="(0, 1/2)",
                S="(0, oo)",
                e="(0, 1)",
            ),
            engines=POLYNOMIAL,
            example={"q": "1/3", "S": "3", "e": "1/4"},
            rocq="E02_room_needed",
            lean="SRVerify.E02_room_needed",
        ),
        Check(
            "greedy-pick",
            statement("(1 - 3*q)/(V - 2) < 2*q", "1 < (2*V - 1)*q", q="(0, 1/2)", V="natural [3, oo)"),
            engines=RATIONAL,
            note="At the largest trap, e near q, the mean of the other tokens lies below the trap.",
            example={"q": "1/3", "V": "4"},
            rocq="E02_greedy_pick",
            lean="SRVerify.E02_greedy_pick",
        ),
        Check(
            "greedy-pick-needed",
            statement(
                "1 < (2*V - 1)*q",
                "1 - 2*q - e < (V - 2)*(q + e)",
                "e < q",
                q="(0, 1/2)",
                e="(0, 1)",
                V="natural [3, oo)",
            ),
            engines=POLYNOMIAL,
            note="If every other token is lighter than the trap, their mean is.",
            example={"q": "1/3", "e": "1/4", "V": "4"},
            rocq="E02_greedy_pick_needed",
            lean="SRVerify.E02_greedy_pick_needed",
        ),
        simulated("E02"),
        kernel("all-models", "E02_trap", "the trap has room in exactly that range, every V and L"),
        kernel("all-picks", "E02_trap_is_pick", "and greedy picks it in exactly that range"),
    ),
)

E03 = Claim(
    id="E03",
    slug="half-boundary",
    title="mass exactly 1/2 is not below 1/2: there greedy can fail by a tie only",
    paper="Proposition 4.3 ('at most 1/2')",
    prose=text("""
        The construction needs 0 < e <= 1 - 2q, which is empty at q = 1/2. There every conditional
        along the mode is at least 1/2, so only a tie can mislead greedy, and with full support and L
        >= 2 there is none, since the rest of the product is below 1. Correct: q < 1/2, or q = 1/2 with
        adversarial ties and zero-mass responses.
    """),
    expected=Verdict.REPAIRED,
    depends=("E01", "E02"),
    parts=(
        stated("there is room up to and including q = 1/2", "room-up-to-half"),
        repair("below 1/2 there is", "room-below-half"),
        repair("at 1/2 greedy can fail through a tie only", "only-ties"),
        repair(
            "with full support and L >= 2 it returns the mode at mass 1/2 or more",
            "full-support-all-models",
        ),
    ),
    checks=(
        Check(
            "room-up-to-half",
            statement("0 < 1 - 2*q", q="(0, 1/2]"),
            engines=RATIONAL,
            expect=Expect.REFUTED,
            note="As stated, with 1/2 included.",
            rocq="E03_room_up_to_half_refuted",
            lean="SRVerify.E03_room_up_to_half_refuted",
        ),
        Check(
            "room-below-half",
            statement("0 < 1 - 2*q", q="(0, 1/2)"),
            engines=RATIONAL,
            role=Role.REPAIR,
            rocq="E03_room_below_half",
            lean="SRVerify.E03_room_below_half",
        ),
        Check(
            "only-ties",
            statement("1/2 <= c and 1 - c <= c", "1/2 <= c*m", c="[0, 1]", m="[0, 1]"),
            engines=POLYNOMIAL,
            role=Role.REPAIR,
            note="At 1/2 no other token can be strictly heavier.",
            example={"c": "1", "m": "1"},
            rocq="E03_only_ties",
            lean="SRVerify.E03_only_ties",
        ),
        Check(
            "no-tie-with-full-support",
            statement("1/2 < c", "1/2 <= c*m", c="(0, 1)", m="(0, 1)"),
            engines=POLYNOMIAL,
            role=Role.REPAIR,
            note="Full support and L >= 2 make the product m of the other conditionals less than 1.",
            example={"c": "3/4", "m": "3/4"},
            rocq="E03_no_tie_with_full_support",
            lean="SRVerify.E03_no_tie_with_full_support",
        ),
        simulated("E03"),
        kernel(
            "full-support-all-models", "E03_half_boundary", "at mass 1/2 or more greedy returns the mode"
        ),
    ),
)

E04 = Claim(
    id="E04",
    slug="feasibility",
    title="with full support and V, L >= 2 a missed mode of mass q exists iff 1/V^L < q < 1/2",
    paper="beyond the paper; sharpens Proposition 4.3",
    prose=text("""
        Needed: a unique mode exceeds the mean mass 1/V^L, and at 1/2 or more greedy finds it (E01,
        E03). Enough: give the mode's first token a mass a >= q whose other continuations stay below q,
        and another first token slightly more, spread over its V^{L-1} continuations.
    """),
    expected=Verdict.SHARPER,
    ours=True,
    depends=("E01", "E03"),
    experiments=("greedy",),
    parts=(
        stated(
            "under full support a missed unique mode of mass q exists iff 1/V^L < q < 1/2", "all-models"
        ),
    ),
    checks=(
        Check(
            "above-the-mean",
            statement("1 < M*q", "1 - q < (M - 1)*q", q="(0, 1)", M="natural [2, oo)"),
            engines=RATIONAL,
            note="M = V^L sequences, the others each lighter than the mode.",
            example={"q": "1/2", "M": "4"},
            rocq="E04_above_the_mean",
            lean="SRVerify.E04_above_the_mean",
        ),
        Check(
            "room-binary",
            statement("max(q, 1 - H*q) < min(1/2, H*q)", "1 < 2*H*q", q="(0, 1/2)", H="natural [2, oo)"),
            engines=POLYNOMIAL,
            note="V = 2, H = 2^{L-1}: the first token's mass a fits.",
            example={"q": "1/3", "H": "2"},
            rocq="E04_room_binary",
            lean="SRVerify.E04_room_binary",
        ),
        computation(
            "models",
            "a missed mode of mass q is built in rationals for V^L up to 27, q over the whole interval",
            computed.feasible,
            computed.feasible_mutant,
        ),
        simulated("E04"),
        kernel("all-models", "E04_feasibility", "the equivalence for every V, L >= 2"),
    ),
)

E05 = Claim(
    id="E05",
    slug="hamming",
    title="the greedy output can differ from the mode in all L positions",
    paper="Proposition 4.3, Appendix E",
    prose="Put slightly more mass on one continuation behind greedy's first token: every token differs.",
    expected=Verdict.HOLDS,
    depends=("E04",),
    parts=(stated("greedy can differ from y* in all L positions, for every such q", "all-models"),),
    checks=(
        computation(
            "models",
            "in rational models for V^L up to 27, q over the whole interval, greedy differs everywhere",
            computed.differs_everywhere,
            computed.differs_everywhere_mutant,
            role=Role.STATED,
        ),
        simulated("E05"),
        kernel("all-models", "E05_hamming", "for every V, L >= 2 and 1/V^L < q < 1/2"),
    ),
)

E06 = Claim(
    id="E06",
    slug="not-certain",
    title="low mode mass does not make greedy decoding certain to fail",
    paper="Remark 4.4 ('certain to output low-quality sequences')",
    prose=text("""
        Existence is not universality: with V = L = 2 and both steps (0.7, 0.3) independently the mode
        has mass 0.49 <= 1/2 and greedy returns it.
    """),
    expected=Verdict.REFUTED,
    experiments=("greedy",),
    parts=(
        stated("low mode mass makes failure certain", "failure-is-certain"),
        stated("a full-support model of mode mass 0.49 that greedy decodes", "model-in-the-kernel"),
    ),
    checks=(
        computation(
            "certain-failure",
            "greedy decoding fails whenever the mode's mass is at most 1/2",
            computed.certain_failure,
            role=Role.STATED,
            expect=Expect.REFUTED,
        ),
        refuted_in_kernel(
            "failure-is-certain",
            "E06_certain_failure",
            "greedy decoding fails whenever the mode's mass is at most 1/2, for every model",
        ),
        simulated("E06"),
        kernel("witness", "E06_witness", "0.7 * 0.7 = 0.49 <= 1/2 while each step's mode has 0.7"),
        kernel(
            "model-in-the-kernel",
            "E06_not_certain",
            "a full-support model of mode mass 0.49 that greedy decodes",
        ),
    ),
)

CLAIMS = (E01, E02, E03, E04, E05, E06)
