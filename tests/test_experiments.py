"""The nine experiments, sweeps that resume and do not depend on workers, and the command."""

import json
import subprocess
import sys
from concurrent.futures import Executor, Future

import pytest

from srverify.commands.cli import run as main
from srverify.language.errors import InputError
from srverify.selfreward.experiments import plotting, statistics, sweep
from srverify.selfreward.experiments.base import MODULES, format_table, load
from srverify.selfreward.experiments.forgetting import rounds_needed, worst_fit_rounds

NAMES = [
    "rates",
    "forgetting",
    "hard-instance",
    "horizon",
    "greedy",
    "effective-dimension",
    "concentrability",
    "recovery",
    "lambert",
]


@pytest.fixture(scope="module")
def results():
    """Every experiment, quick, run once."""
    return {name: sweep.run_experiment(name, seed=1, quick=True) for name in NAMES}


def test_the_registry_holds_exactly_the_nine_experiments():
    assert list(MODULES) == NAMES
    assert [load(name).NAME for name in NAMES] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_table_reading_and_json_are_complete(results, name):
    result = results[name]
    assert json.loads(json.dumps(result.to_dict()))["experiment"] == name
    keys = {key for key, _ in result.columns}
    assert all(keys & set(row) for row in result.rows)
    lines = format_table(result).splitlines()
    assert len(lines) == 2 + len(result.rows)
    assert result.reading.endswith(".")
    assert " nan" not in result.reading


@pytest.mark.parametrize("name", NAMES)
def test_every_axis_is_labelled_and_nothing_is_drawn_outside_the_palette(results, name):
    figure = plotting.render(load(name), results[name].rows, results[name].numbers)
    for axes in figure.axes:
        assert axes.get_xlabel()
        assert axes.get_ylabel()
        assert axes.lines or axes.collections
        drawn = {line.get_color() for line in axes.lines}
        assert drawn <= {*plotting.CYCLE, plotting.BLACK, plotting.GREY}


def test_figures_are_written_whole_in_every_format(results, tmp_path):
    figure = plotting.render(
        load("concentrability"), results["concentrability"].rows, results["concentrability"].numbers
    )
    for suffix, opening in (("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml")):
        plotting.save(figure, tmp_path / f"figure.{suffix}")
        assert (tmp_path / f"figure.{suffix}").read_bytes().startswith(opening)
    assert len(list(tmp_path.iterdir())) == len(plotting.FORMATS)


def test_rates_have_the_slope_of_the_theorems(results):
    numbers = results["rates"].numbers
    assert numbers["n where a bound is violated"] == []
    for learner in ("bayes slope", "self-reward slope"):
        assert numbers[learner]["value"] == pytest.approx(-0.5, abs=0.03)
    assert numbers["largest D09/Bayes"] < numbers["largest D17/Bayes"] < 1


def test_forgetting_is_doubly_logarithmic_and_the_policy_obeys_the_recurrence(results):
    assert results["forgetting"].numbers["kappa_0 where the simulation exceeds the recurrence"] == []
    need = rounds_needed(1e12, 3.0)
    assert need["recurrence"] <= need["C37"] < 10 < 30 < need["C31"] <= need["C35"]
    policy = worst_fit_rounds(1e12)
    assert policy[0] == 1e12
    # The adversary's hold is limited by its budget, not by the initialisation.
    assert policy[1] == pytest.approx(10.0)
    assert 0 < policy[-1] - 1 < 1e-6


def test_hard_instance_learner_follows_the_exact_risk(results):
    numbers = results["hard-instance"].numbers
    assert numbers["largest deviation in standard errors"] < 5
    assert 16.6 <= numbers["true n over D07"] <= 85.3
    for row in results["hard-instance"].rows:
        assert row["jensen"] <= row["binary"] <= row["exact"] <= row["exact best-evaluated"] + 1e-12


def test_horizons_agree_with_the_formula_and_with_the_quoted_example(results):
    numbers = results["horizon"].numbers
    assert numbers["horizons that differ from the formula"] == 0
    assert numbers["violations of S09"] == 0
    assert numbers["1/c at n=100, T=2"] == pytest.approx(1.79e5, rel=0.01)


def test_greedy_never_misses_above_one_half_and_may_miss_below(results):
    numbers = results["greedy"].numbers
    assert numbers["misses above one half"] == 0
    assert numbers["models above one half"] > 1000
    assert 0.05 < numbers["share of misses below one half"] < 0.95
    assert numbers["constructed models that differ everywhere"] == numbers["constructed models"]


def test_effective_dimension_bounds_hold_and_the_arbitrary_ridge_needs_any_constant(results):
    numbers = results["effective-dimension"].numbers
    assert numbers["violations of G03-G05"] == 0
    assert numbers["eps where a net fails to cover or outgrows G06"] == []
    finest = numbers["net at the least eps"]
    assert 1.0 < finest["packing"] < finest["log_covering"] < finest["bound"]
    assert 0.5 < finest["reach"] <= 1.0
    low, high = numbers["constant that G07's inequality needs"]
    assert low < 1.1
    assert high > 1000
    assert numbers["d_lambda at the first and last d"]["1/sqrt(n)"][0] == pytest.approx(
        numbers["d_lambda at the first and last d"]["1/sqrt(n)"][1], rel=0.01
    )


def test_the_claimed_bound_is_violated_on_c17s_family(results):
    numbers = results["concentrability"].numbers
    assert numbers["n where the claimed bound is violated"] == [10**10]
    assert numbers["n where the bound with C(pi') is violated"] == []
    assert numbers["claimed bound there"] == pytest.approx(0.0249, abs=5e-5)
    assert numbers["failure there"] > 0.99
    assert results["concentrability"].rows[-1]["tail"] == pytest.approx(3.0, abs=1e-3)


def test_recovery_is_exact_where_the_sample_spans(results):
    numbers = results["recovery"].numbers
    assert numbers["largest error when the sample spans"] < 1e-14
    needed = numbers["pairs per useful pair, by round"]
    assert needed[0] == pytest.approx(2.08, abs=0.02)
    assert needed[1] == pytest.approx(44, abs=1)
    assert 5e20 < needed[2] < 2e21
    assert numbers["mean rank/d in round 2 at the largest n"] == 0.0


def test_lambert_band_is_sharp_and_never_left(results):
    numbers = results["lambert"].numbers
    assert numbers["w outside the band"] == []
    assert numbers["smallest eps_LB/eps~"] == pytest.approx(numbers["sqrt(1-1/e)"], abs=1e-12)
    assert numbers["smallest ratio where eps_LB <= 1/16"] >= numbers["its limit"]


def test_slope_interval_covers_the_truth_and_widens_with_scatter():
    exact = statistics.log_log_slope([1, 10, 100, 1000], [2.0, 0.2, 0.02, 0.002])
    assert exact.value == pytest.approx(-1.0)
    noisy = statistics.log_log_slope([1, 10, 100, 1000], [2.0, 0.25, 0.018, 0.0021])
    assert noisy.low < -1.0 < noisy.high
    assert "95 % interval" in str(noisy)


class _Backwards(Executor):
    """Waits for a given number of jobs, then runs them here, last first."""

    def __init__(self, expected):
        self._expected = expected
        self.jobs = []

    def submit(self, fn, /, *args, **kwargs):
        assert fn is sweep.call_isolated
        self.jobs.append((Future(), args))
        if len(self.jobs) == self._expected:
            for future, (call, *arguments) in reversed(self.jobs):
                future.set_result(call(*arguments))
        return self.jobs[-1][0]


def test_results_do_not_depend_on_the_order_of_workers(results):
    executor = _Backwards(len(load("recovery").points(quick=True)))
    assert sweep.run_experiment("recovery", seed=1, quick=True, executor=executor) == results["recovery"]
    assert executor.jobs


def test_results_do_not_depend_on_worker_processes(results):
    from srverify.running.executor import make_executor

    with make_executor(None, 2) as executor:
        found = sweep.run_experiment("recovery", seed=1, quick=True, executor=executor)
    assert found == results["recovery"]
    assert found != sweep.run_experiment("recovery", seed=2, quick=True)


def test_a_sweep_resumes_where_it_was_stopped(tmp_path, monkeypatch):
    done = []
    real = sweep.run_point

    def stopping(name, point, seed, chunk):
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(point)
        return real(name, point, seed, chunk)

    store = sweep.Store(tmp_path)
    monkeypatch.setattr(sweep, "run_point", stopping)
    with pytest.raises(KeyboardInterrupt):
        sweep.run_experiment("recovery", quick=True, store=store)
    again = []
    monkeypatch.setattr(sweep, "run_point", lambda *a: again.append(a[1]) or real(*a))
    resumed = sweep.run_experiment("recovery", quick=True, store=store)
    points = load("recovery").points(quick=True)
    assert done + again == points
    assert resumed == sweep.run_experiment("recovery", quick=True)
    again.clear()
    assert sweep.run_experiment("recovery", quick=True, store=store) == resumed
    assert again == []
    # Another seed or chunk is another sweep.
    sweep.run_experiment("recovery", seed=1, quick=True, store=store)
    assert len(again) == len(points)


def test_recovery_trials_are_held_in_chunks_only(monkeypatch):
    from srverify.selfreward.experiments import recovery

    sizes = []
    inner = recovery.batched_linear_round

    def watched(features, start, *rest):
        sizes.append(len(start))
        return inner(features, start, *rest)

    monkeypatch.setattr(recovery, "batched_linear_round", watched)
    recovery.run_point({"round": 0, "n": 64, "trials": 60}, seed=1, chunk=25)
    assert sizes == [25, 25, 10]


def test_damaged_and_unwritable_stores_cost_only_the_resumption(tmp_path):
    store = sweep.Store(tmp_path)
    first = sweep.run_experiment("lambert", quick=True, store=store)
    for path in tmp_path.rglob("*.json"):
        path.write_text(path.read_text()[:20])
    assert sweep.run_experiment("lambert", quick=True, store=store) == first
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert sweep.run_experiment("lambert", quick=True, store=sweep.Store(blocked)) == first


def test_points_have_seeds_of_their_own():
    point = {"n": 1}
    assert sweep.point_seed("rates", point, 0) == sweep.point_seed("rates", {"n": 1}, 0)
    seeds = {
        sweep.point_seed("rates", point, 0),
        sweep.point_seed("rates", point, 1),
        sweep.point_seed("rates", {"n": 2}, 0),
        sweep.point_seed("greedy", point, 0),
    }
    assert len(seeds) == 4


def test_command_prints_table_and_reading_and_writes_files(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    plot, data = tmp_path / "f.svg", tmp_path / "f.json"
    arguments = ["simulate", "lambert", "--quick", "--jobs", "1"]
    assert main([*arguments, "--plot", str(plot), "--json", str(data)]) == 0
    printed = capsys.readouterr().out
    assert "eps_LB (D09)" in printed
    assert "The band is never left." in printed
    assert plot.read_text().startswith("<?xml")
    assert json.loads(data.read_text())["experiment"] == "lambert"
    assert main([*arguments, "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(data.read_text())
    assert (tmp_path / "cache" / "srverify" / "sweeps").is_dir()


def test_command_without_a_name_lists_the_experiments(capsys):
    assert main(["simulate"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == NAMES


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rate"], "unknown experiment 'rate'; known: rates, forgetting"),
        (["rates", "--plot", "x.jpeg"], "cannot tell the format of x.jpeg"),
        (["rates", "--plot", "/no/such/folder/x.png"], "there is no folder /no/such/folder"),
        (["rates", "--json", "/no/such/folder/x.json"], "there is no folder /no/such/folder"),
        (["rates", "--seed", "-1"], "the seed must not be negative"),
        (["rates", "--chunk", "0"], "the chunk must be at least 1"),
        (["rates", "--jobs", "0"], "the number of jobs must be at least 1"),
        (["rates", "--executor", "mpi"], "unknown executor 'mpi'"),
    ],
)
def test_command_names_bad_input_in_one_line(arguments, message, capsys):
    assert main(["simulate", *arguments]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_plots_without_matplotlib_say_how_to_get_it(monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["simulate", "rates", "--plot", str(tmp_path / "x.png")]) == 2
    assert "pip install 'srverify[plots]'" in capsys.readouterr().err
    with pytest.raises(InputError, match="need matplotlib"):
        plotting.check_available()


def test_importing_the_simulator_loads_numpy_and_nothing_heavier():
    heavy = "{'sympy', 'z3', 'flint', 'scipy', 'matplotlib', 'mpmath'}"
    code = (
        "import sys; from srverify.selfreward.softmax import "
        "autoregressive, hard_instance, linear, policies, rounds; "
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.slow  # starts a Dask scheduler and a worker process
def test_a_dask_cluster_gives_the_same_numbers(results):
    from distributed import LocalCluster

    from srverify.running.executor import make_executor

    with (
        LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster,
        make_executor(f"dask:{cluster.scheduler_address}") as executor,
    ):
        assert (
            sweep.run_experiment("recovery", seed=1, quick=True, executor=executor)
            == results["recovery"]
        )
