"""The model of a circle of appointments: what holds of it whatever it is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essaybook.models.flow import (
    CHANCES,
    SWITCHES,
    Parameters,
    advantage,
    band,
    expected,
    kept,
    sensitivity,
    simulate,
)

VILLAGE = Parameters(
    years=(1.0, 1.0, 2.0),
    members=(400, 380, 700, 900),
    drive=(0, 300, 0),
    delegates=(50, 60, 70),
    seats=(9, 9, 15, 21),
    secretaries=20,
)

RUNS = 8_000
NEAR = 0.04
"""How near an average of `RUNS` shares is to what it is an average of: by Hoeffding's inequality it is farther
off once in 10^10 times, for any distribution on 0 to 1."""

SERIES = ("secretaries", "members", "delegates", "committee")
chance = st.floats(0, 1)
seeds = st.integers(0, 2**32)


@st.composite
def told(draw: st.DrawFn) -> Parameters:
    rounds = draw(st.integers(1, 5))

    def rows(low: int, high: int, size: int) -> list[int]:
        return draw(st.lists(st.integers(low, high), min_size=size, max_size=size))

    members = rows(1, 10**6, rounds + 1)
    return Parameters(
        years=tuple(draw(st.lists(st.floats(0, 5), min_size=rounds, max_size=rounds))),
        members=tuple(members),
        drive=tuple(draw(st.integers(0, max(b - a, 0))) for a, b in pairwise(members)),
        delegates=tuple(rows(1, 1000, rounds)),
        seats=tuple(sorted(rows(1, 100, rounds + 1))),
        secretaries=draw(st.integers(1, 200)),
        ban=draw(st.booleans()),
        **{name: draw(chance) for name in CHANCES},
    )


@given(told(), st.integers(1, 40), seeds)
def test_same_seed_same_run(p: Parameters, runs: int, seed: int) -> None:
    first, second = simulate(p, runs, seed), simulate(p, runs, seed)
    for name in (*SERIES, "kept"):
        assert np.array_equal(getattr(first, name), getattr(second, name))


def test_another_seed_is_another_run() -> None:
    assert not np.array_equal(simulate(VILLAGE, 50, 1).committee, simulate(VILLAGE, 50, 2).committee)


@given(told(), st.integers(1, 40), seeds)
def test_shares_are_shares(p: Parameters, runs: int, seed: int) -> None:
    made = simulate(p, runs, seed)
    for name in SERIES:
        shares = getattr(made, name)
        assert shares.shape == (runs, len(p.years) + (name != "delegates"))
        assert ((shares >= 0) & (shares <= 1)).all()
        assert all(0 <= share <= 1 for share in getattr(expected(p), name))
    assert made.kept.shape == made.committee.shape
    assert made.kept[:, 0].all()


@settings(max_examples=25, deadline=None)
@given(told(), seeds)
def test_no_influence_no_drift(p: Parameters, seed: int) -> None:
    still = replace(p, control=0.0, bargain=0.0)
    made = simulate(still, RUNS, seed)
    for name in SERIES:
        assert np.abs(getattr(made, name).mean(axis=0) - p.start).max() < NEAR
    assert expected(still).committee == pytest.approx([p.start] * (len(p.years) + 1))


@settings(max_examples=25, deadline=None)
@given(told(), seeds)
def test_runs_agree_with_arithmetic(p: Parameters, seed: int) -> None:
    safe = replace(p, unity=0.0)
    made, means = simulate(safe, RUNS, seed), expected(safe)
    for name in SERIES:
        assert np.abs(getattr(made, name).mean(axis=0) - getattr(means, name)).max() < NEAR


def test_runs_agree_closely() -> None:
    """The same for one organisation and many runs, where a small slip would show."""
    safe = replace(VILLAGE, unity=0.0)
    made, means = simulate(safe, 200_000, 7), expected(safe)
    for name in SERIES:
        assert getattr(made, name).mean(axis=0) == pytest.approx(getattr(means, name), abs=0.003)


@given(told(), st.sampled_from(["control", "bargain", "grip", "schooling"]), chance, chance)
def test_more_influence_not_less_drift(p: Parameters, name: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    less, more = (expected(replace(p, **{name: value})) for value in (low, high))
    for series in SERIES:
        pairs = zip(getattr(less, series), getattr(more, series), strict=True)
        assert all(b >= a - 1e-12 for a, b in pairs), series


@given(told())
def test_the_circle_never_turns_against_the_office(p: Parameters) -> None:
    means = expected(p)
    for series in SERIES:
        assert all(share >= p.start - 1e-12 for share in getattr(means, series)), series


@given(told(), seeds)
def test_rivals_who_never_stand_together_never_win(p: Parameters, seed: int) -> None:
    assert simulate(replace(p, unity=0.0), 30, seed).kept.all()


@given(told(), seeds)
def test_united_rivals_win_with_a_majority(p: Parameters, seed: int) -> None:
    """Whoever has more than half of the committee holds the office after each congress; at half, it stays."""
    made = simulate(p.without("split"), 30, seed)
    ours = made.committee[:, 1:]
    assert made.kept[:, 1:][ours > 0.5].all()
    assert not made.kept[:, 1:][ours < 0.5].any()


def test_more_control_keeps_the_office_oftener() -> None:
    shares = [kept(simulate(replace(VILLAGE, control=c), RUNS, 3)).value for c in (0.0, 0.5, 1.0)]
    assert shares == sorted(shares)
    assert shares[2] - shares[0] > NEAR


@given(told())
def test_switches_switch_off(p: Parameters) -> None:
    off = {name: p.without(name) for name in SWITCHES}
    assert off["control"].control == off["bargain"].bargain == 0
    assert off["ban"].effective_grip == pytest.approx(p.grip * (1 - p.openness))
    assert off["split"].unity == 1
    assert not any(off["drive"].drive)
    steps = zip(pairwise(p.members), pairwise(off["drive"].members), p.drive, strict=True)
    assert all(after - before == b - a - came for (a, b), (before, after), came in steps if b > a)
    for made in off.values():
        assert made.without("drive") == made.without("drive").without("drive")


def test_no_such_switch() -> None:
    with pytest.raises(KeyError):
        VILLAGE.without("weather")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"control": 1.5}, "control is 1.5"),
        ({"start": float("nan")}, "start is nan"),
        ({"years": ()}, "members has 4 numbers and needs 1"),
        ({"delegates": (50, 60)}, "delegates has 2 numbers and needs 3"),
        ({"seats": (9, 8, 15, 21)}, "seats fall"),
        ({"drive": (0, 321, 0)}, "more people than the organisation grew by"),
        ({"drive": (0, -1, 0)}, "less than 0"),
        ({"secretaries": 0}, "1 or more"),
    ],
)
def test_says_what_has_no_meaning(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(VILLAGE, **change)  # type: ignore[arg-type]


def test_no_runs() -> None:
    with pytest.raises(ValueError, match="at least 1 run"):
        simulate(VILLAGE, 0, 1)


def test_bands_hold_what_they_say() -> None:
    made = simulate(VILLAGE, RUNS, 5).members
    limits = band(made, within=0.8)
    inside = (made >= limits.low) & (made <= limits.high)
    assert inside[:, -1].mean() == pytest.approx(0.8, abs=0.02)
    assert limits.middle[-1] == pytest.approx(np.median(made[:, -1]))


def test_errors_shrink_with_runs() -> None:
    few, many = (kept(simulate(VILLAGE, runs, 1)) for runs in (400, 40_000))
    assert few.error == pytest.approx(10 * many.error, rel=0.3)
    assert abs(few.value - many.value) < 5 * few.error


def test_sensitivity_puts_the_strongest_first() -> None:
    swings = sensitivity(VILLAGE, {"retention": (0.8, 0.81), "control": (0.0, 1.0)}, advantage, 2_000, 1)
    assert [swing.name for swing in swings] == ["control", "retention"]
    assert swings[0].at_high.value > swings[0].at_low.value
    assert swings[0].size == swings[0].at_high.value - swings[0].at_low.value
