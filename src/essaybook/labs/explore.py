"""A function of a lab with the controls of its arguments: live in a kernel, elsewhere a few of its states."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from essaybook.labs.amiss import Amiss
from essaybook.labs.controls import Control
from essaybook.labs.look import on_page
from essaybook.labs.parts import Part, parts

MIME = "application/vnd.essaybook.lab+json"
"""The lab as plain data, for the book's own builders."""

BUILD = "ESSAYBOOK_BUILD"
"""Set in the kernel of a build, where nobody can move anything and no widget is made."""

COUNTS = ("no state", "one state", "two states", "three states", "four states", "five states", "six states")

Lab = dict[str, Any]


class Shown:
    """Parts without a control, and the ground of `Explore`."""

    def __init__(self, name: str, states: Callable[[], list[Lab]], says: str = "", told: str = "") -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            raise Amiss(f"The name “{name}” is no slug: small letters, digits and hyphens.")
        self.name = name
        self.says = says
        self.told = told
        self._states = states

    @functools.cached_property
    def lab(self) -> Lab:
        """All that the static forms show."""
        return {"name": self.name, "says": self.says, "told": self.told, "states": self._states()}

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """The static forms: for a page of the book as data, elsewhere in plain words and as HTML."""
        if os.environ.get(BUILD):
            return {"text/plain": self.says or self.name, MIME: self.lab}
        return {"text/plain": plain(self.lab), "text/html": html(self.lab)}


class Explore(Shown):
    """A function and its controls."""

    def __init__(
        self,
        function: Callable[..., Any],
        name: str,
        says: str,
        states: Sequence[Mapping[str, Any]],
        controls: dict[str, Control],
    ) -> None:
        self.function = function
        self.controls = controls
        told = _listed([control.told for control in controls.values()])
        super().__init__(name, functools.partial(self._all, states), says, told)

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """A value for every control: the one given, else where it starts. Raises Amiss."""
        unknown = [name for name in given if name not in self.controls and name != "caption"]
        if unknown:
            raise Amiss(f"“{self.name}” has no control called {unknown[0]}. It has: {', '.join(self.controls)}.")
        return {name: given.get(name, control.start) for name, control in self.controls.items()}

    def at(self, **given: Any) -> list[Part]:
        """What the function shows for some values. What it cannot use, it is told in a sentence."""
        try:
            values = self.values(given)
            for name, control in self.controls.items():
                control.check(values[name])
            return parts(self.function(**values))
        except Amiss as amiss:
            return parts(str(amiss))

    def _all(self, states: Sequence[Mapping[str, Any]]) -> list[Lab]:
        found = []
        for given in states:
            values = self.values(given)
            words = "; ".join(f"{c.label}: {c.words(values[name])}" for name, c in self.controls.items())
            shown = self.at(**{name: value for name, value in given.items() if name != "caption"})
            found.append({"words": words, "caption": given.get("caption", ""), "parts": shown})
        return found

    @functools.cached_property
    def box(self) -> Any:
        """The controls over the output that follows them. ipywidgets are made here and nowhere else."""
        import ipywidgets

        made = {name: control.widget() for name, control in self.controls.items()}
        out = ipywidgets.Output()

        def follow(change: Any = None) -> None:
            shown = self.at(**{name: widget.value for name, widget in made.items()})
            data = {"text/plain": _plain(shown), "text/html": _html(shown, f"live-{self.name}")}
            out.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)

        for widget in made.values():
            widget.observe(follow, "value")
        follow()
        return ipywidgets.VBox([*made.values(), out])

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """In a live kernel the widgets themselves as well, which a notebook then prefers."""
        static = super()._repr_mimebundle_(**options)
        if os.environ.get(BUILD):
            return static
        live = self.box._repr_mimebundle_(**options)
        data = live[0] if isinstance(live, tuple) else live
        return {**data, "text/plain": static["text/plain"], "text/html": static["text/html"]}


def explore(
    function: Callable[..., Any],
    *,
    name: str,
    says: str,
    states: Sequence[Mapping[str, Any]],
    **controls: Any,
) -> Explore:
    """Show what a function makes of the values of its controls.

    ``function`` is called by keyword with a value for each of ``controls`` and returns words, `chart`, `table`, or
    a list of these. ``says`` is a sentence on what to do and what will change; ``states`` are the values shown
    where nothing can be moved, each with a ``caption`` if it needs one; ``name`` is a slug, once on a page.
    """
    if not controls or not states:
        raise Amiss(f"“{name}” needs a control and a state to show without one.")
    return Explore(function, name, says, states, controls)


def show(*given: Any, name: str) -> Shown:
    """Show words, charts and tables that no control changes."""
    made = parts(list(given))
    return Shown(name, lambda: [{"words": "", "caption": "", "parts": made}])


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def static_line(lab: Lab) -> str:
    """What a live copy has where a page has none, and what stands here in its place."""
    count = len(lab["states"])
    shown = COUNTS[count] if count < len(COUNTS) else f"{count} states"
    return f"In a live copy there is {lab['told']}. Here stand {shown}." if lab["told"] else ""


# ---------------------------------------------------------------- forms


@functools.cache
def _templates() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from essaybook.web.words import tongues

    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["tongues"] = tongues
    env.globals["static_line"] = static_line
    env.globals["drawn"] = lambda part, prefix: Markup(on_page(part["svg"], prefix, part["alt"]))
    return env


def html(lab: Lab) -> str:
    """The static form as HTML without style or script, for pages and for notebooks without a kernel."""
    return str(_templates().get_template("form.html").render(lab=lab).strip())


def _html(shown: list[Part], name: str) -> str:
    return str(_templates().get_template("parts.html").module.parts(shown, name)).strip()


def plain(lab: Lab) -> str:
    """The static form in lines of plain words."""
    lines = [lab["says"], static_line(lab)]
    for state in lab["states"]:
        lines += [state["words"], state["caption"], _plain(state["parts"])]
    return "\n".join(line for line in lines if line)


def _plain(shown: list[Part]) -> str:
    return "\n".join(part.get("text") or f"{part['title']} {part.get('alt', '')}".strip() for part in shown)
