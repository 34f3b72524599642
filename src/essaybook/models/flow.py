"""A circle of appointments: who appoints, who is appointed, who is sent, who is elected, who appoints.

An organisation has two sides, and one of them holds the office that appoints. From one congress to the next

1. some secretaries' posts fall vacant; the office fills part of them with its own people, the others go to
   whoever the members would choose; and some secretaries come over to the office's side of themselves;
2. people join; some of them take the side of their secretary, the others divide as the members do;
3. each delegate is settled by a secretary's list, or else by the members;
4. delegates fill the committee's new and vacated seats, each seat as one of them would have it;
5. the committee may give the office to the other side, where most of it is against the office's holder and
   these stand together.

All that is followed is shares of people on the side that held the office first. Nothing is said of why a person
is on a side. The functions are pure: the same parameters, number of runs and seed give the same runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]
"""A row to a run and a column to a congress, each from 0 to 1."""


@dataclass(frozen=True)
class Parameters:
    """What the model is told. Raises ValueError, with a sentence, where a run would have no meaning.

    A *chance* or *share* is from 0 to 1; those *a year* are compounded over the years between two congresses.
    Each tuple has one number to a congress; ``members`` and ``seats`` have one more in front, for the start.
    """

    years: tuple[float, ...]
    """Years since the congress before."""
    members: tuple[int, ...]
    """People in the organisation. A rise is people who joined; a fall takes both sides alike."""
    drive: tuple[int, ...]
    """Those of a congress's newcomers who came in a drive to recruit: what ``without("drive")`` takes away."""
    delegates: tuple[int, ...]
    """Delegates who vote."""
    seats: tuple[int, ...]
    """Seats of the committee. They never fall."""
    secretaries: int
    """Secretaries' posts."""
    start: float = 0.5
    """Share of every group on the side of the office at the start; each run draws its own people by it."""
    turnover: float = 0.25
    """Chance a year that a secretary's post falls vacant."""
    control: float = 0.5
    """Share of vacant posts that the office fills with people who then stand by it."""
    bargain: float = 0.1
    """Chance a year that a secretary of the other side comes over, for what the office can do for him."""
    grip: float = 0.5
    """Share of delegates whom a secretary's list settles, while nobody may put up another."""
    openness: float = 0.5
    """Share of ``grip`` that goes where others may put up a list: what ``without("ban")`` brings."""
    schooling: float = 0.5
    """Share of newcomers who take their secretary's side."""
    retention: float = 0.8
    """Chance that a member of the committee is elected again."""
    unity: float = 0.25
    """Chance that a majority against the office stands together when it could take it."""
    ban: bool = True
    """Whether other lists are forbidden."""

    def __post_init__(self) -> None:
        rounds = len(self.years)
        lengths = {"members": rounds + 1, "drive": rounds, "delegates": rounds, "seats": rounds + 1}
        for name, length in lengths.items():
            if len(getattr(self, name)) != length:
                raise ValueError(f"{name} has {len(getattr(self, name))} numbers and needs {length}")
        if not rounds:
            raise ValueError("years is empty: there is no congress to come to")
        if min(*self.members, *self.delegates, *self.seats, self.secretaries) < 1:
            raise ValueError("members, delegates, seats and secretaries are whole numbers of 1 or more")
        if min(*self.years, 0) < 0 or min(self.drive) < 0:
            raise ValueError("years and drive cannot be less than 0")
        if any(after < before for before, after in pairwise(self.seats)):
            raise ValueError("seats fall from one congress to the next, and the model cannot say who would go")
        rises = [max(after - before, 0) for before, after in pairwise(self.members)]
        if any(came > rise for came, rise in zip(self.drive, rises, strict=True)):
            raise ValueError("drive brings in more people than the organisation grew by")
        for name in CHANCES:
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is {getattr(self, name)}, and a share or chance lies between 0 and 1")

    def without(self, factor: str) -> Parameters:
        """The same organisation with one factor switched off. Raises KeyError for a factor that is none."""
        return SWITCHES[factor](self)

    @property
    def effective_grip(self) -> float:
        """The share of delegates whom lists settle, with or without the ban."""
        return self.grip * (1 if self.ban else 1 - self.openness)


CHANCES = tuple(field.name for field in fields(Parameters) if field.type == "float")
"""Parameters that are shares or chances."""


def _undriven(p: Parameters) -> Parameters:
    members = [p.members[0]]
    for (before, after), came in zip(pairwise(p.members), p.drive, strict=True):
        left = members[-1]
        members.append(left + after - before - came if after > before else max(left * after // before, 1))
    return replace(p, members=tuple(members), drive=(0,) * len(p.drive))


SWITCHES: dict[str, Callable[[Parameters], Parameters]] = {
    "drive": _undriven,
    "control": lambda p: replace(p, control=0.0),
    "bargain": lambda p: replace(p, bargain=0.0),
    "ban": lambda p: replace(p, ban=False),
    "split": lambda p: replace(p, unity=1.0),
}
"""What `Parameters.without` can take away: the drive to recruit, the office's choice of secretaries, the bargain
with those in post, the ban on other lists, and the split of the office's rivals."""


@dataclass(frozen=True, eq=False)
class Runs:
    """Many runs of one organisation. Shares are of people on the side that held the office first."""

    secretaries: Shares
    members: Shares
    delegates: Shares
    """One column less than the others: nobody is sent to the start."""
    committee: Shares
    kept: NDArray[np.bool_]
    """Whether the side that held the office first holds it after each congress; the start is True."""

    def __len__(self) -> int:
        return len(self.kept)


def simulate(p: Parameters, runs: int, seed: int) -> Runs:
    """``runs`` histories of one organisation. Raises ValueError for fewer than one."""
    if runs < 1:
        raise ValueError("there must be at least 1 run")
    rng = np.random.default_rng(seed)
    posts = rng.binomial(p.secretaries, p.start, runs)
    seated = rng.binomial(p.seats[0], p.start, runs)
    member = np.full(runs, p.start)
    held = np.ones(runs, dtype=np.bool_)
    sent: list[Shares] = []
    rows = [(posts / p.secretaries, member, seated / p.seats[0], held)]
    for i, years in enumerate(p.years):
        stay, swing = (1 - p.turnover) ** years, 1 - (1 - p.bargain) ** years
        ours, theirs = rng.binomial(posts, stay), rng.binomial(p.secretaries - posts, stay)
        filled = rng.binomial(p.secretaries - ours - theirs, p.control * held + (1 - p.control) * member)
        over = rng.binomial(np.where(held, theirs, ours), swing)
        posts = ours + filled + np.where(held, over, -over)
        secretary = posts / p.secretaries

        joined = max(p.members[i + 1] - p.members[i], 0) / p.members[i + 1]
        member = (1 - joined) * member + joined * (p.schooling * secretary + (1 - p.schooling) * member)

        delegates = p.delegates[i]
        choice = p.effective_grip * secretary + (1 - p.effective_grip) * member
        delegate = rng.binomial(delegates, np.clip(choice, 0, 1)) / delegates
        sent.append(delegate)

        before, after = p.seats[i], p.seats[i + 1]
        ours, theirs = rng.binomial(seated, p.retention), rng.binomial(before - seated, p.retention)
        seated = ours + rng.binomial(after - ours - theirs, delegate)
        against = np.where(held, after - seated, seated)
        lost = (2 * against > after) & (rng.random(runs) < p.unity)
        held = held ^ lost
        rows.append((secretary, member, seated / after, held))
    secretaries, members, committee, kept = (np.column_stack(column) for column in zip(*rows, strict=True))
    return Runs(secretaries, members, np.column_stack(sent), committee, kept)


@dataclass(frozen=True)
class Means:
    """What the shares come to on average, one number to a congress."""

    secretaries: tuple[float, ...]
    members: tuple[float, ...]
    delegates: tuple[float, ...]
    committee: tuple[float, ...]


def expected(p: Parameters) -> Means:
    """The averages by arithmetic and not by chance, for an office that is never lost.

    Exact for ``unity`` 0, since every step is linear in the shares; and for no ``control`` and no ``bargain``,
    where it makes no difference who holds the office. Elsewhere it is what the circle alone would do.
    """
    secretary = member = seat = p.start
    rows: list[tuple[float, float, float, float]] = []
    for i, years in enumerate(p.years):
        stay, swing = (1 - p.turnover) ** years, 1 - (1 - p.bargain) ** years
        kept = stay * (secretary + swing * (1 - secretary))
        secretary = kept + (1 - stay) * (p.control + (1 - p.control) * member)
        joined = max(p.members[i + 1] - p.members[i], 0) / p.members[i + 1]
        member += joined * p.schooling * (secretary - member)
        delegate = p.effective_grip * secretary + (1 - p.effective_grip) * member
        again = p.retention * p.seats[i] / p.seats[i + 1]
        seat = again * seat + (1 - again) * delegate
        rows.append((secretary, member, delegate, seat))
    secretaries, members, delegates, committee = zip(*rows, strict=True)
    start = (p.start,)
    return Means(start + secretaries, start + members, delegates, start + committee)


@dataclass(frozen=True)
class Band:
    """Where most runs lie, congress by congress."""

    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


def band(shares: Shares, within: float = 0.9) -> Band:
    """The middle run, and the limits within which a share ``within`` of the runs lies."""
    edges = ((1 - within) / 2, 0.5, (1 + within) / 2)
    low, middle, high = (tuple(map(float, row)) for row in np.quantile(shares, edges, axis=0))
    return Band(low, middle, high)


@dataclass(frozen=True)
class Estimate:
    """A number from many runs, and its standard error: how far another seed might take it."""

    value: float
    error: float


def kept(runs: Runs) -> Estimate:
    """The share of runs in which the side that held the office first holds it at the end."""
    return _estimate(runs.kept[:, -1].astype(np.float64))


def advantage(runs: Runs) -> Estimate:
    """How far the committee moved towards that side from start to end, as a share of its seats."""
    return _estimate(runs.committee[:, -1] - runs.committee[:, 0])


def _estimate(values: NDArray[np.float64]) -> Estimate:
    spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    return Estimate(float(values.mean()), spread / len(values) ** 0.5)


@dataclass(frozen=True)
class Swing:
    """What becomes of an outcome when one parameter alone goes to either end of a range."""

    name: str
    low: float
    high: float
    at_low: Estimate
    at_high: Estimate

    @property
    def size(self) -> float:
        """How far the outcome goes."""
        return abs(self.at_high.value - self.at_low.value)


def sensitivity(
    p: Parameters,
    ranges: Mapping[str, tuple[float, float]],
    outcome: Callable[[Runs], Estimate],
    runs: int,
    seed: int,
) -> list[Swing]:
    """One parameter at a time, the others as they are; the one that moves the outcome most comes first."""

    def at(name: str, value: float) -> Estimate:
        change: dict[str, Any] = {name: value}
        return outcome(simulate(replace(p, **change), runs, seed))

    swings = [Swing(name, low, high, at(name, low), at(name, high)) for name, (low, high) in ranges.items()]
    return sorted(swings, key=lambda swing: (-swing.size, swing.name))
