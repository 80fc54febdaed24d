"""The entrance: a statement in, a proof object out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language.formula import Or, Relation
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock, OutOfTimeError
from srverify.numerics.tactics.absolutes import by_absolute_roots, by_absolutes, by_short_absolutes
from srverify.numerics.tactics.algebraic import by_factors, by_parts, by_plain_arguments, by_polynomial
from srverify.numerics.tactics.alike import by_chebyshev
from srverify.numerics.tactics.angles import by_angles, by_circles, by_double_angles
from srverify.numerics.tactics.approximants import by_approximants
from srverify.numerics.tactics.averages import by_averages, by_diagonals
from srverify.numerics.tactics.balancing import (
    by_balanced_logarithms,
    by_balanced_sides,
    by_balancing,
)
from srverify.numerics.tactics.bands import by_bands
from srverify.numerics.tactics.bases import by_exponential_bases
from srverify.numerics.tactics.between import by_between
from srverify.numerics.tactics.bounding import by_bounding
from srverify.numerics.tactics.calculus import (
    by_contacts,
    by_curvature,
    by_cutting,
    by_monotonicity,
    by_tangency,
    by_tangents_of_angles,
)
from srverify.numerics.tactics.certificates import by_certificates
from srverify.numerics.tactics.chords import by_power_chords
from srverify.numerics.tactics.commonexponents import by_common_exponents
from srverify.numerics.tactics.commonroots import by_common_roots
from srverify.numerics.tactics.comparing import (
    by_arguments,
    by_comparing,
    by_contact_bounds,
    by_exponentials,
    by_grouping,
    by_joining,
    by_likeness,
    by_log_pairs,
    by_numbers,
    by_same_functions,
    by_separating,
    by_swapping,
)
from srverify.numerics.tactics.complements import by_cleared_tails, by_complements
from srverify.numerics.tactics.compounding import by_compounding
from srverify.numerics.tactics.contraposing import by_contraposition
from srverify.numerics.tactics.cosines import by_cosines
from srverify.numerics.tactics.covering import (
    SHORT,
    at_once,
    by_cover,
    by_quick_cover,
    by_series,
    is_plain,
)
from srverify.numerics.tactics.divergences import by_divergences
from srverify.numerics.tactics.dividing import by_divided_powers
from srverify.numerics.tactics.dominating import by_single_summands
from srverify.numerics.tactics.driver import Driver, Node, OutOfStepsError, Proved, Tactic
from srverify.numerics.tactics.equalpowers import by_equal_powers
from srverify.numerics.tactics.expanding import by_expansions
from srverify.numerics.tactics.exponentials import (
    by_common_exponentials,
    by_exponential_variables,
    by_exponentiating,
    by_hyperbolics,
    by_powers_of_exponentials,
)
from srverify.numerics.tactics.exponents import by_simple_exponents
from srverify.numerics.tactics.factorials import by_factorials
from srverify.numerics.tactics.factorpairs import by_factor_pairs
from srverify.numerics.tactics.faraway import by_far_ends
from srverify.numerics.tactics.followed import is_followed, may_be_followed
from srverify.numerics.tactics.freeaverages import by_free_averages
from srverify.numerics.tactics.generalizing import by_bounded_logarithms, by_exponents, by_generalizing
from srverify.numerics.tactics.halfsums import by_half_sums
from srverify.numerics.tactics.homogenizing import by_homogenizing
from srverify.numerics.tactics.hypotheses import (
    by_absorbing,
    by_absurdity,
    by_equations,
    by_hypotheses,
    by_inverting,
    by_naturals,
    by_opening,
    by_orders,
    by_refuting,
    by_remainders,
    by_solving,
    by_tidying,
    by_unused,
    is_order,
    variables_in,
)
from srverify.numerics.tactics.increments import by_increments
from srverify.numerics.tactics.jensen import by_exp_means, by_log_means, by_means
from srverify.numerics.tactics.lambert import by_lambert
from srverify.numerics.tactics.lawful import (
    by_expanding,
    by_root_signs,
    by_rooting,
    by_simplifying,
    by_squaring,
    by_tangents,
)
from srverify.numerics.tactics.leaving import by_leaving
from srverify.numerics.tactics.linear import by_combining
from srverify.numerics.tactics.logarithms import (
    by_isolating,
    by_log_equations,
    by_log_sides,
    by_logarithms,
    by_positive_powers,
    by_sides,
    by_single_logarithms,
    by_steep_exponentials,
)
from srverify.numerics.tactics.logits import by_logits
from srverify.numerics.tactics.logmonomials import by_log_monomials
from srverify.numerics.tactics.logproducts import by_log_products
from srverify.numerics.tactics.logsums import by_log_sums
from srverify.numerics.tactics.lumping import by_lumping
from srverify.numerics.tactics.majorants import by_all_arguments, by_joint_bounds, by_majorants
from srverify.numerics.tactics.merging import by_logarithms_in_exponents, by_merging
from srverify.numerics.tactics.midpoints import by_midpoints
from srverify.numerics.tactics.minorants import by_minorants
from srverify.numerics.tactics.mirroring import by_mirroring
from srverify.numerics.tactics.multipliers import by_multipliers
from srverify.numerics.tactics.naming import by_naming
from srverify.numerics.tactics.naturals import by_gaps
from srverify.numerics.tactics.numerals import by_prime_logarithms
from srverify.numerics.tactics.orderings import by_completing, by_orderings
from srverify.numerics.tactics.pairs import (
    by_common_zeros,
    by_contact_orders,
    by_ordered_sides,
    by_pairing,
    by_pinching,
    by_sorting,
)
from srverify.numerics.tactics.pairsums import by_pair_sums
from srverify.numerics.tactics.parameters import by_parameters
from srverify.numerics.tactics.parity import by_negative_rays, by_parity, by_reflection
from srverify.numerics.tactics.partition import by_partition
from srverify.numerics.tactics.pieces import by_pieces
from srverify.numerics.tactics.pins import by_contact_cuts, by_pinned_exponentials, by_pinned_minima
from srverify.numerics.tactics.planes import by_chords, by_planes, by_root_planes, by_tangent_lines
from srverify.numerics.tactics.powers import (
    by_bernoulli,
    by_fewer_powers,
    by_powers,
    by_squared_powers,
    by_unit_bases,
    by_vanishing_bases,
    by_zero_bases,
)
from srverify.numerics.tactics.projecting import by_ordered_ranges, by_projecting, by_term_ranges
from srverify.numerics.tactics.quasimeans import by_mean_variables
from srverify.numerics.tactics.radicals import by_radicals
from srverify.numerics.tactics.reciprocals import by_reciprocals
from srverify.numerics.tactics.reducing import by_reducing, by_squeezing, by_undoing
from srverify.numerics.tactics.rootmeans import by_root_means
from srverify.numerics.tactics.rootproducts import by_root_products
from srverify.numerics.tactics.roots import by_splitting_roots, by_square_roots
from srverify.numerics.tactics.rootvariables import by_root_variables
from srverify.numerics.tactics.scaling import (
    by_ratios,
    by_scaling,
    by_split_ratios,
    by_symmetries,
    by_units,
    by_widening,
)
from srverify.numerics.tactics.shares import by_shares
from srverify.numerics.tactics.shifting import by_shifting
from srverify.numerics.tactics.signs import by_evident_signs
from srverify.numerics.tactics.slacks import by_slacks
from srverify.numerics.tactics.slopes import by_slopes
from srverify.numerics.tactics.special import (
    by_all_bounds,
    by_bounds,
    by_circle_ranges,
    by_gamma_tangents,
    by_inverses,
    by_quotients,
    by_ranges,
    by_recurrences,
    by_squares,
    by_stirling,
    by_writing,
)
from srverify.numerics.tactics.squaredorders import by_squared_orders
from srverify.numerics.tactics.squares import by_sums_of_squares
from srverify.numerics.tactics.substituting import by_log_variables, by_quotient_variables
from srverify.numerics.tactics.tails import by_tails
from srverify.numerics.tactics.tangents import by_log_tangents, by_touching
from srverify.numerics.tactics.telescoping import by_telescoping, by_telescoping_quotients
from srverify.numerics.tactics.thresholds import by_thresholds
from srverify.numerics.tactics.triangles import (
    by_acute_angles,
    by_rooted_triangles,
    by_third_angles,
    by_triangles,
)
from srverify.numerics.tactics.turns import by_turns
from srverify.numerics.tactics.unitsums import by_unit_sums
from srverify.numerics.tactics.valueproducts import by_single_products, by_value_products
from srverify.numerics.tactics.vanishing import by_vanishing

#: In this order: cheap and decisive first.
TACTICS = (
    at_once,
    by_short_absolutes,
    by_quick_cover,
    by_evident_signs,
    by_positive_powers,
    by_absurdity,
    by_absorbing,
    by_tidying,
    by_unused,
    by_negative_rays,
    by_gaps,
    by_absolute_roots,
    by_certificates,
    by_factor_pairs,
    by_equal_powers,
    by_bands,
    by_compounding,
    by_squared_powers,
    by_root_products,
    by_pair_sums,
    by_slacks,
    by_pieces,
    by_common_roots,
    by_square_roots,
    by_root_variables,
    by_same_functions,
    by_ordered_sides,
    by_common_zeros,
    by_complements,
    by_vanishing_bases,
    by_lumping,
    by_single_products,
    by_unit_sums,
    by_parameters,
    by_third_angles,
    by_triangles,
    by_logarithms_in_exponents,
    by_log_sides,
    by_log_sums,
    by_all_arguments,
    by_ordered_ranges,
    by_term_ranges,
    by_projecting,
    by_plain_arguments,
    by_radicals,
    by_log_monomials,
    by_divergences,
    by_exponents,
    by_split_ratios,
    by_increments,
    by_rooting,
    by_inverting,
    by_pinching,
    by_pairing,
    by_tangent_lines,
    by_chords,
    by_acute_angles,
    by_rooted_triangles,
    by_reciprocals,
    by_squared_orders,
    by_homogenizing,
    by_equations,
    by_reducing,
    by_common_exponents,
    by_means,
    by_averages,
    by_free_averages,
    by_value_products,
    by_mean_variables,
    by_minorants,
    by_approximants,
    by_between,
    by_swapping,
    by_separating,
    by_contact_bounds,
    by_majorants,
    by_joint_bounds,
    by_contact_cuts,
    by_pinned_minima,
    by_pinned_exponentials,
    by_mirroring,
    by_partition,
    by_slopes,
    by_naming,
    by_bounded_logarithms,
    by_cosines,
    by_units,
    by_logits,
    by_quotient_variables,
    by_log_variables,
    by_single_summands,
    by_exponential_bases,
    by_balancing,
    by_balanced_logarithms,
    by_balanced_sides,
    by_widening,
    by_root_means,
    by_root_planes,
    by_half_sums,
    by_scaling,
    by_shares,
    by_symmetries,
    by_opening,
    by_factorials,
    by_naturals,
    by_parts,
    by_lambert,
    by_exponentiating,
    by_thresholds,
    by_log_equations,
    by_sorting,
    by_absolutes,
    by_circles,
    by_simplifying,
    by_tangents_of_angles,
    by_turns,
    by_fewer_powers,
    by_divided_powers,
    by_tangency,
    by_leaving,
    by_hyperbolics,
    by_exponential_variables,
    by_common_exponentials,
    by_log_products,
    by_merging,
    by_reflection,
    by_parity,
    by_shifting,
    by_midpoints,
    by_diagonals,
    by_double_angles,
    by_inverses,
    by_recurrences,
    by_zero_bases,
    by_power_chords,
    by_polynomial,
    by_touching,
    by_cleared_tails,
    by_cover(SHORT),
    by_simple_exponents,
    by_series,
    by_expansions,
    by_tails,
    by_vanishing,
    by_telescoping_quotients,
    by_far_ends,
    by_sides,
    by_arguments,
    by_likeness,
    by_combining,
    by_chebyshev,
    by_contraposition,
    by_ratios,
    by_hypotheses,
    by_factors,
    by_remainders,
    by_squares,
    by_orderings,
    by_sums_of_squares,
    by_angles,
    by_splitting_roots,
    by_generalizing,
    by_ranges,
    by_circle_ranges,
    by_quotients,
    by_steep_exponentials,
    by_prime_logarithms,
    by_numbers,
    by_grouping,
    by_log_tangents,
    by_tangents,
    by_squaring,
    by_planes,
    by_gamma_tangents,
    by_all_bounds,
    by_bounds,
    by_telescoping,
    by_single_logarithms,
    by_comparing,
    by_bounding,
    by_multipliers,
    by_root_signs,
    by_orders,
    by_contact_orders,
    by_solving,
    by_undoing,
    by_squeezing,
    by_refuting,
    by_monotonicity,
    by_curvature,
    by_stirling,
    by_log_means,
    by_exp_means,
    by_unit_bases,
    by_joining,
    by_log_pairs,
    by_bernoulli,
    by_completing,
    by_isolating,
    by_contacts,
    by_powers,
    by_logarithms,
    by_exponentials,
    by_powers_of_exponentials,
    by_expanding,
    by_writing,
    by_cutting,
    by_cover(2000),
)
#: What no kernel follows.
_UNFOLLOWED = (
    by_gaps,
    by_expansions,
    by_tails,
    by_sides,
    by_symmetries,
    by_telescoping,
    by_telescoping_quotients,
    # These end in hyperbolic functions, mostly by a symmetry.
    by_exponential_bases,
    by_balancing,
)
_FOLLOWED = tuple(tactic for tactic in TACTICS if tactic not in _UNFOLLOWED)
#: What looks long at functions, where a few plain steps are tried.
_LONG = (by_circles, by_expansions, by_series, by_tails)
_SHORT = tuple(tactic for tactic in TACTICS if tactic not in _LONG)
#: The share of the time left in a turn that an effort gets if others come after it: it may come to no
#: end where they would soon.
_SHARE, _PLAIN_SHARE = 0.67, 0.15
#: Seconds that a search for another proof gets which a kernel follows, or this part of what is left.
PATIENCE, _FOLLOWED_PART = 0.4, 0.1
#: What shows on which side of a line or of a polynomial a function of one variable lies.
LINES = (
    at_once,
    by_touching,
    by_curvature,
    by_factors,
    by_cover(SHORT),
    by_monotonicity,
    by_cutting,
)
#: Depth of derivatives and cases, and sequents looked at.
Effort: TypeAlias = tuple[int, int]
#: What follows from hypotheses often does so in a few steps, which the first tactic that costs something
#: would use up on what is hopeless.
PLAIN: tuple[Effort, ...] = ((0, 30), (1, 60))
EASY: tuple[Effort, ...] = ((2, 60), (3, 200))
HARD: tuple[Effort, ...] = ((5, 600), (7, 3000))
#: That of a few tactics by themselves.
_FEW: Effort = (3, 20)
#: The reason of a search that did not come to its end.
OUT_OF_TIME = "out of time"


class ProofSearch:
    """A search for a proof object of a statement, in several turns.

    In each turn the efforts share the time, the first ones getting most of it; what was found out in
    one turn is not found out again in the next one. ``reason`` says where the last turn stopped.
    """

    def __init__(self, statement: Statement, efforts: Sequence[Effort] = (*PLAIN, *EASY, *HARD)) -> None:
        self._statement = statement
        self._sequent = Sequent.of(statement)
        #: What was proved on the way to what was not.
        self._proved: Proved = {}
        #: Efforts that have not come to their end.
        self._drivers = {
            effort: Driver(
                Clock.after(0), _SHORT if effort in PLAIN else TACTICS, effort[1], proved=self._proved
            )
            for effort in efforts
            if effort not in PLAIN or self._is_from_hypotheses
        }
        self.reason = ""
        self._seen = False

    @property
    def _is_from_hypotheses(self) -> bool:
        """Whether hypotheses say more of several variables than which one is larger."""
        if isinstance(self._sequent.goal, Or) and len(self._sequent.variables) > 1:
            # An implication: what is given is a part of the goal.
            return True
        return any(len(variables_in(h)) > 1 and not is_order(h) for h in self._sequent.hypotheses)

    def advance(self, clock: Clock, depth: int | None = None) -> Node | None:
        """Return a proof object, which remains to be checked; None where time or efforts end.

        ``depth`` is that of the last effort to be made in this turn; default: all are.
        """
        if not self._seen:
            self._seen = True
            # Before any point is looked at: what intervals see in one box takes no search.
            if isinstance(self._sequent.goal, Relation) and is_plain(self._sequent):
                return {"rule": "cover", "tree": "i"}
        ended = True
        while ended:
            ended = False
            due = [effort for effort in self._drivers if depth is None or effort[0] <= depth]
            for place, effort in enumerate(due):
                if effort not in self._drivers:
                    # No effort will get further.
                    return None
                last = place == len(due) - 1
                share = _PLAIN_SHARE if effort in PLAIN else _SHARE
                try:
                    found = self._made(effort, clock if last else clock.part(share * clock.left()))
                except OutOfTimeError:
                    continue
                if found is not None:
                    return found
                ended = True
        if due:
            self.reason = OUT_OF_TIME
        return None

    def _made(self, effort: Effort, clock: Clock) -> Node | None:
        """Go on with an effort, which is over unless OutOfTimeError is raised."""
        depth, steps = effort
        driver = self._drivers[effort]
        driver.clock = clock
        found = None
        try:
            found = driver.prove(self._sequent, depth)
            self.reason = driver.reason or "undecided"
        except OutOfStepsError:
            self.reason = f"undecided after {steps} sequents"
        except (RejectedError, RecursionError) as error:
            self._drivers.clear()
            self.reason = str(error)
            return None
        del self._drivers[effort]
        return found

    def followed(self, found: Node, clock: Clock) -> Node:
        """Return a proof object that a kernel follows, if it is another one and soon found."""
        if is_followed(found) or not may_be_followed(self._statement):
            return found
        proved: Proved = {}
        for depth, steps in EASY:
            part = clock.part(max(PATIENCE, _FOLLOWED_PART * clock.left()))
            try:
                other = Driver(part, _FOLLOWED, steps, proved=proved).prove(self._sequent, depth)
            except (OutOfStepsError, OutOfTimeError, RejectedError, RecursionError):
                continue
            if other is not None and is_followed(other):
                return other
        return found


def find(
    statement: Statement, timeout: float, efforts: Sequence[Effort] = (*PLAIN, *EASY, *HARD)
) -> tuple[Node | None, str]:
    """Return a proof object, or None and a reason; it remains to be checked."""
    clock, search = Clock.after(timeout), ProofSearch(statement, efforts)
    found = search.advance(clock)
    return (None, search.reason) if found is None else (search.followed(found, clock), "")


def find_by(tactics: tuple[Tactic, ...], statement: Statement, timeout: float) -> Node | None:
    """Return a proof object that a few tactics find soon, or None; it remains to be checked."""
    depth, steps = _FEW
    driver = Driver(Clock.after(timeout), tactics, steps)
    try:
        return driver.prove(Sequent.of(statement), depth)
    except (OutOfStepsError, OutOfTimeError, RejectedError, RecursionError):
        return None
