#!/usr/bin/env python3
"""The benchmark's meta-step in JAX: what a compiled array library needs for the same work as `npm run bench`.

Same networks, tasks, points, losses, optimiser and random keys (JAX's own Threefry), float32; meta-iterations run
inside one lax.scan, so that nothing but the step is timed. Derivatives are JAX's (grad of grad), not ours.
Prints one JSON object with rows like the benchmark's. How to run it, and what is compared: README.md beside it.
"""

import argparse
import datetime
import json
import os
import platform
import statistics
import sys
import time
from typing import NamedTuple


class Case(NamedTuple):
    """One case of the benchmark, under the benchmark's name; the defaults are the paper's setting."""

    name: str
    kind: str = "maml"  # maml | fomaml | reptile | rmaml
    widths: tuple = (40, 40)
    steps: int = 1  # inner steps, k
    tasks: int = 25  # per meta-update, M
    points: int = 10  # per support set and per query set, K
    activation: str = "relu"


def build_cases():
    """The cases of src/cli/bench-cases.ts, in its order."""
    cases = []
    for width in (40, 64, 100):
        suffix = "" if width == 40 else f"-{width}"
        widths = (width, width)
        cases += [
            Case("maml-paper" if width == 40 else f"maml-{width}", widths=widths),
            Case(f"maml-5{suffix}", widths=widths, steps=5),
            Case(f"fomaml{suffix}", "fomaml", widths),
            Case(f"reptile{suffix}", "reptile", widths, steps=5),
            Case(f"rmaml-parameter{suffix}", "rmaml", widths),
        ]
    cases.append(Case("maml-tanh", activation="tanh"))
    cases += [Case(f"maml-tasks-{tasks}", tasks=tasks) for tasks in (5, 10, 50, 100, 250, 1000)]
    cases += [Case(f"maml-width-{width}", widths=(width, width)) for width in (10, 20, 200)]
    cases += [Case(f"maml-points-{points}", points=points) for points in (5, 20, 50)]
    cases += [Case(f"maml-steps-{steps}", steps=steps) for steps in (2, 10)]
    return cases


class Rates(NamedTuple):
    """Step sizes. They do not change what a step costs; the benchmark's are too small to diverge."""

    inner: float = 1e-4  # alpha, the initial value where it is learned
    meta: float = 1e-6  # Adam's
    alpha: float = 1e-9  # of alpha itself (RMAML)
    reptile: float = 0.5  # epsilon


TRAINING_RATES = Rates(inner=0.01, meta=1e-3, alpha=1e-3, reptile=0.5)
REPLAYED_TASKS = 6
ALPHA_MIN, ALPHA_MAX = 1e-6, 1.0
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
# Which random numbers serve what: src/training/draws.ts and src/tasks/sinusoid.ts.
INITIALISE, TASKS, POINTS = 0, 1, 2
QUERY_STREAM = 0x10000


def create_trainer(case, rates, seed=0):
    """(initial state, train) of a case; train(state, count) runs `count` meta-iterations, count being static."""
    import jax
    import jax.numpy as jnp
    from jax import lax, random
    from jax.tree_util import tree_map

    activation = {"relu": jax.nn.relu, "tanh": jnp.tanh}[case.activation]
    root = random.key(seed)
    task_key, points_key = random.fold_in(root, TASKS), random.fold_in(root, POINTS)
    slots = jnp.arange(case.tasks, dtype=jnp.uint32)

    def initial_params():
        sizes = (1, *case.widths, 1)
        layers = []
        for layer, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:])):
            key = random.fold_in(random.fold_in(root, INITIALISE), layer)
            weights = 0.01 * random.truncated_normal(key, -2.0, 2.0, (fan_in * fan_out,))
            layers.append((weights.reshape(fan_in, fan_out), jnp.zeros(fan_out)))
        return layers

    def predict(params, x):
        for weights, biases in params[:-1]:
            x = activation(x @ weights + biases)
        weights, biases = params[-1]
        return x @ weights + biases

    def loss(params, points):
        x, y = points
        return jnp.mean((predict(params, x) - y) ** 2)

    # --- data: task slot i of meta-iteration t depends on (seed, t, i) only

    def sample_task(key, slot):
        draw = random.uniform(random.fold_in(key, slot), (3,))
        return 0.1 + draw[1] * 4.9, draw[2] * jnp.pi

    def sample_points(key, task):
        amplitude, phase = task
        x = random.uniform(key, (case.points, 1), minval=-5.0, maxval=5.0)
        return x, amplitude * jnp.sin(x - phase)

    support_sets = case.steps if case.kind == "reptile" else 1

    def sample_data(key, slot, task):
        slot_key = random.fold_in(key, slot)
        sets = jnp.arange(support_sets, dtype=jnp.uint32)
        support = jax.vmap(lambda index: sample_points(random.fold_in(slot_key, index), task))(sets)
        return support, sample_points(random.fold_in(slot_key, QUERY_STREAM), task)

    # --- one task

    def adapt(params, alpha, support):
        for step in range(case.steps):
            points = tree_map(lambda values: values[step % support_sets], support)
            gradient = jax.grad(loss)(params, points)
            if case.kind == "fomaml":
                gradient = lax.stop_gradient(gradient)
            params = tree_map(lambda p, a, g: p - a * g, params, alpha, gradient)
        return params

    def mean_query_loss(params, alpha, data):
        losses = jax.vmap(lambda support, query: loss(adapt(params, alpha, support), query))(*data)
        return jnp.mean(losses), losses

    # --- one meta-iteration

    def adam(params, moments, gradient):
        count, first, second = moments
        count = count + 1
        first = tree_map(lambda m, g: BETA1 * m + (1 - BETA1) * g, first, gradient)
        second = tree_map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, second, gradient)
        scale1, scale2 = 1 / (1 - BETA1**count), 1 / (1 - BETA2**count)
        moved = tree_map(
            lambda p, m, v: p - rates.meta * (m * scale1) / (jnp.sqrt(v * scale2) + EPSILON),
            params,
            first,
            second,
        )
        return moved, (count, first, second)

    def draw_tasks(buffer, t):
        key = random.fold_in(task_key, t)
        fresh = jax.vmap(lambda slot: sample_task(key, slot))(slots)
        if case.kind != "rmaml":
            return fresh
        # The middle of the last batch by query loss replaces the last places; nothing to replay at t = 0.
        scores, last = buffer
        start = (case.tasks - REPLAYED_TASKS) // 2
        chosen = lax.dynamic_slice_in_dim(jnp.argsort(scores, stable=True), start, REPLAYED_TASKS)
        replayed = tree_map(
            lambda new, old: new.at[case.tasks - REPLAYED_TASKS :].set(old[chosen]), fresh, last
        )
        return tree_map(lambda new, old: jnp.where(t == 0, new, old), fresh, replayed)

    def meta_step(state, t):
        params, moments, alpha, buffer = state
        tasks = draw_tasks(buffer, t)
        key = random.fold_in(points_key, t)
        data = jax.vmap(lambda slot, *task: sample_data(key, slot, task))(slots, *tasks)
        if case.kind == "reptile":
            support, query = data
            adapted = jax.vmap(lambda own: adapt(params, alpha, own))(support)
            losses = jax.vmap(loss)(adapted, query)
            params = tree_map(lambda p, a: p - rates.reptile * jnp.mean(p - a, axis=0), params, adapted)
        elif case.kind == "rmaml":
            gradients, losses = jax.grad(mean_query_loss, argnums=(0, 1), has_aux=True)(params, alpha, data)
            params, moments = adam(params, moments, gradients[0])
            alpha = tree_map(
                lambda a, g: jnp.clip(a - rates.alpha * g, ALPHA_MIN, ALPHA_MAX), alpha, gradients[1]
            )
            buffer = (losses, tasks)
        else:
            gradient, losses = jax.grad(mean_query_loss, has_aux=True)(params, alpha, data)
            params, moments = adam(params, moments, gradient)
        return (params, moments, alpha, buffer), jnp.mean(losses)

    def train(state, count):
        start, carried = state
        carried, losses = lax.scan(meta_step, carried, start + jnp.arange(count, dtype=jnp.uint32))
        return (start + jnp.uint32(count), carried), losses

    params = initial_params()
    zeros = tree_map(jnp.zeros_like, params)
    # A full tree of rates for every kind; where alpha is one number XLA folds the constant in.
    alpha = tree_map(lambda values: jnp.full_like(values, rates.inner), params)
    if case.kind != "rmaml":
        alpha = tree_map(lambda values: jnp.float32(rates.inner), params)
    buffer = (jnp.zeros(case.tasks), (jnp.zeros(case.tasks), jnp.zeros(case.tasks)))
    carried = (params, (jnp.float32(0), zeros, zeros), alpha, buffer)
    return (jnp.uint32(0), carried), jax.jit(train, static_argnums=1)


def run_timed(train, state, count):
    """(seconds, next state), the device waited for."""
    import jax

    started = time.perf_counter()
    state, losses = train(state, count)
    jax.block_until_ready((state, losses))
    return time.perf_counter() - started, state


def measure(cases, rounds, turn_seconds):
    """Milliseconds per meta-iteration of each case: medians over rounds in which the cases take turns."""
    runners = []
    for case in cases:
        state, train = create_trainer(case, Rates())
        _, state = run_timed(train, state, 10)  # compiles
        seconds, state = run_timed(train, state, 10)
        count = max(10, round(turn_seconds / (seconds / 10)))
        _, state = run_timed(train, state, count)  # compiles for this length
        runners.append({"case": case, "state": state, "train": train, "count": count, "times": []})
        print(f"{case.name}: about {seconds * 100:.3f} ms, {count} per turn", file=sys.stderr)
    for _ in range(rounds):
        for runner in runners:
            seconds, runner["state"] = run_timed(runner["train"], runner["state"], runner["count"])
            runner["times"].append(1000 * seconds / runner["count"])
    return [(runner["case"].name, statistics.median(runner["times"])) for runner in runners]


def select_cases(names):
    """The cases of those names (comma-separated), or all; exits with the known names where one is unknown."""
    cases = build_cases()
    if names is None:
        return cases
    known = {case.name: case for case in cases}
    wanted = [name for name in names.split(",") if name]
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        sys.exit(f"No case {', '.join(unknown) or 'given'}. Known: {', '.join(known)}.")
    return [known[name] for name in wanted]


def main():
    parser = argparse.ArgumentParser(description="The benchmark's meta-step in JAX.")
    parser.add_argument("--case", help="only these, separated by commas")
    parser.add_argument("--platform", choices=("cpu", "gpu"), default="cpu")
    parser.add_argument("--all-cores", action="store_true", help="do not pin the process to one core (CPU only)")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--turn", type=float, default=0.2, help="seconds that each case gets in a round")
    parser.add_argument("--losses", type=int, help="time nothing; print the first N query losses of each case")
    options = parser.parse_args()
    cases = select_cases(options.case)
    # Before JAX is imported: it sizes its pool of threads by the cores that it may use.
    if options.platform == "cpu" and not options.all_cores:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        else:
            print("This system cannot pin a process to a core; see README.md.", file=sys.stderr)
    os.environ.setdefault("JAX_PLATFORMS", "cpu" if options.platform == "cpu" else "cuda")
    import jax

    if options.losses is not None:
        for case in cases:
            state, train = create_trainer(case, TRAINING_RATES)
            losses = train(state, options.losses)[1]
            print(json.dumps({"case": case.name, "queryLosses": [float(value) for value in losses]}))
        return
    engine = f"jax-{options.platform}"
    rows = [
        {"engine": engine, "case": name, "msPerStep": ms, "stepsPerSecond": 1000 / ms, "mode": "scan"}
        for name, ms in measure(cases, options.rounds, options.turn)
    ]
    device = jax.devices()[0]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    machine = {"device": device.device_kind, "cores": cores, "jax": jax.__version__, "python": platform.python_version()}
    date = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    print(json.dumps({"rows": rows, "machine": machine, "date": date}))


if __name__ == "__main__":
    main()
