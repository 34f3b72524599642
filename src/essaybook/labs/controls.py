"""The controls of a lab: what a reader can move, in words for a page and as ipywidgets in a live kernel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from essaybook.labs.amiss import Amiss
from essaybook.labs.parts import cell as mark

if TYPE_CHECKING:
    from ipywidgets import Widget

Options: TypeAlias = Mapping[str, Any] | Iterable[str]


def _options(given: Options) -> dict[str, Any]:
    return dict(given) if isinstance(given, Mapping) else {str(option): option for option in given}


@dataclass(frozen=True)
class Control:
    """What every control has: its label and where it starts."""

    label: str
    start: Any

    def check(self, value: Any) -> None:
        """Refuse a value that the control cannot have. Raises Amiss."""

    def words(self, value: Any) -> str:
        """A value as a reader would read it off."""
        return mark(value)

    @property
    def told(self) -> str:
        """The control in words, for a page that has none."""
        raise NotImplementedError

    def widget(self) -> Widget:
        """The control itself."""
        raise NotImplementedError


Given = TypeVar("Given", bound=Control)
LAYOUT = {"layout": {"width": "min(100%, 34rem)"}, "style": {"description_width": "initial"}}


@dataclass(frozen=True)
class Slider(Control):
    """A number between two others."""

    low: float
    high: float
    step: float

    def check(self, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not self.low <= value <= self.high:
            raise Amiss(f"“{self.label}” goes from {mark(self.low)} to {mark(self.high)}; {value} is not on it.")

    @property
    def told(self) -> str:
        return f"a slider, “{self.label}”, from {mark(self.low)} to {mark(self.high)}"

    def widget(self) -> Widget:
        import ipywidgets

        kind = ipywidgets.IntSlider if isinstance(self.step, int) else ipywidgets.FloatSlider
        return kind(
            value=self.start, min=self.low, max=self.high, step=self.step, description=self.label,
            continuous_update=False, **LAYOUT,
        )  # fmt: skip


@dataclass(frozen=True)
class Choice(Control):
    """One of several things."""

    options: dict[str, Any]

    def check(self, value: Any) -> None:
        if value not in self.options.values():
            raise Amiss(f"“{self.label}” has no choice {value}. It has: {'; '.join(self.options)}.")

    def words(self, value: Any) -> str:
        return next(words for words, option in self.options.items() if option == value)

    @property
    def told(self) -> str:
        return f"a list, “{self.label}”, of {len(self.options)} choices"

    def widget(self) -> Widget:
        import ipywidgets

        return ipywidgets.Dropdown(
            options=list(self.options.items()), value=self.start, description=self.label, **LAYOUT
        )


@dataclass(frozen=True)
class Several(Control):
    """Any of several things, one at least."""

    options: dict[str, Any]

    def check(self, value: Any) -> None:
        chosen = list(value)
        if not chosen:
            raise Amiss(f"Nothing is chosen under “{self.label}”. Choose one at least.")
        for one in chosen:
            if one not in self.options.values():
                raise Amiss(f"“{self.label}” has no choice {one}. It has: {'; '.join(self.options)}.")

    def words(self, value: Any) -> str:
        return ", ".join(words for words, option in self.options.items() if option in value)

    @property
    def told(self) -> str:
        return f"a list, “{self.label}”, of which any number of {len(self.options)} can be chosen"

    def widget(self) -> Widget:
        import ipywidgets

        return ipywidgets.SelectMultiple(
            options=list(self.options.items()), value=tuple(self.start), description=self.label,
            rows=min(len(self.options), 10), **LAYOUT,
        )  # fmt: skip


@dataclass(frozen=True)
class Switch(Control):
    """On or off."""

    def check(self, value: Any) -> None:
        if not isinstance(value, bool):
            raise Amiss(f"“{self.label}” is on (True) or off (False), not {value}.")

    def words(self, value: Any) -> str:
        return "on" if value else "off"

    @property
    def told(self) -> str:
        return f"a box to tick, “{self.label}”"

    def widget(self) -> Widget:
        import ipywidgets

        return ipywidgets.Checkbox(value=self.start, description=self.label, indent=False, **LAYOUT)


@dataclass(frozen=True)
class Words(Control):
    """Words to type."""

    def check(self, value: Any) -> None:
        if not str(value).strip():
            raise Amiss(f"“{self.label}” is empty. Type a word.")

    def words(self, value: Any) -> str:
        return f"“{value}”"

    @property
    def told(self) -> str:
        return f"a box to type in, “{self.label}”"

    def widget(self) -> Widget:
        import ipywidgets

        return ipywidgets.Text(value=self.start, description=self.label, continuous_update=False, **LAYOUT)


def slider(label: str, low: float, high: float, *, start: float | None = None, step: float = 1) -> Slider:
    """A slider from ``low`` to ``high``; whole numbers if ``step`` is one."""
    if low >= high:
        raise Amiss(f"“{label}” goes from {mark(low)} to {mark(high)}, which leaves nowhere to move it.")
    return _checked(Slider(label, low if start is None else start, low, high, step))


def choice(label: str, options: Options, *, start: Any = None) -> Choice:
    """A list to choose one of: words, or words with the value that each stands for."""
    known = _known(label, options)
    return _checked(Choice(label, next(iter(known.values())) if start is None else start, known))


def several(label: str, options: Options, *, start: Sequence[Any] | None = None) -> Several:
    """A list to choose any number of. The function is given a tuple."""
    known = _known(label, options)
    return _checked(Several(label, tuple(known.values() if start is None else start), known))


def switch(label: str, *, start: bool = False) -> Switch:
    """A box to tick."""
    return _checked(Switch(label, start))


def text(label: str, *, start: str) -> Words:
    """A box to type in."""
    return _checked(Words(label, start))


def _known(label: str, options: Options) -> dict[str, Any]:
    known = _options(options)
    if not known:
        raise Amiss(f"“{label}” has nothing to choose from.")
    return known


def _checked(control: Given) -> Given:
    control.check(control.start)
    return control
