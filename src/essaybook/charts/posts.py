"""Who held which posts when: names, and under each a bar for every post, labelled where it begins."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from essaybook.charts.svg import WIDTH, Form, Svg, breadth
from essaybook.charts.time import Axis, grid, marks
from essaybook.corpus import Corpus
from essaybook.corpus.chart import PostChart
from essaybook.corpus.person import Post

NAME, ROW, THICK = 20.0, 22.0, 17.0
"""Heights: a line of a name, a line of posts, the bar on it."""


@dataclass(frozen=True)
class Stretch:
    """The days of a post, each end as early and as late as its date may mean."""

    begins: tuple[datetime.date, datetime.date]
    ends: tuple[datetime.date, datetime.date]


def stretch(chart: PostChart, corpus: Corpus, person: str, post: Post) -> Stretch:
    """When somebody held a post. One without an end lasts as long as the chart, and none outlasts a life."""
    assert post.start
    died = corpus.people[person].died
    ends = (post.end.first, post.end.last) if post.end else (chart.end.last, chart.end.last)
    if died and died.date.last < ends[1]:
        ends = (min(ends[0], died.date.first), died.date.last)
    # A post of one year, of which nothing nearer is known, is loose from end to end.
    begins = (post.start.first, min(post.start.last, ends[1]))
    return Stretch(begins, (max(ends[0], begins[0]), ends[1]))


def posts(chart: PostChart, corpus: Corpus, form: Form) -> Svg:
    """The chart as a drawing. What is known only to the year is dashed and empty."""
    width = WIDTH[form]
    axis = Axis(chart.start.first, chart.end.last, 0, width)
    top = 14.0 + 16 * min(len(chart.marks), 2)
    rows = {person: _rows(chart, corpus, person, axis) for person in chart.people}
    bottom = top + sum(NAME + ROW * len(found) + 6 for found in rows.values())
    svg = Svg(width, bottom + 20, form)
    grid(svg, axis, top - 8, bottom, 2 if form == "narrow" else 1)
    marks(svg, axis, corpus, chart.marks, bottom)
    y = top
    for person, found in rows.items():
        now = " c-now" if person == chart.lead else ""
        svg.text(f"c-name{now}", 0, y + 14, corpus.people[person].short)
        y += NAME
        for row in found:
            for post, label, x in row:
                _bar(svg, axis, stretch(chart, corpus, person, post), y, now)
                svg.text("c-on", x, y + 12.5, label)
            y += ROW
        y += 6
    return svg


Placed = tuple[Post, str, float]
"""A post, its label, and where that begins."""


def _rows(chart: PostChart, corpus: Corpus, person: str, axis: Axis) -> list[list[Placed]]:
    """The posts of somebody on as few lines as have room for bars and labels; a body keeps to its own lines."""
    rows: list[tuple[str | None, float, list[Placed]]] = []
    for post in corpus.held(chart, person):
        when = stretch(chart, corpus, person, post)
        left, right = axis.at(when.begins[0]), axis.at(when.ends[1])
        body = corpus.offices[post.body].name if post.body else post.title
        label = post.title if breadth(post.title) < axis.right - 8 else body
        x = max(min(left + 5, axis.right - breadth(label)), 2)
        for i, (office, free, row) in enumerate(rows):
            if office == post.body and free <= min(left, x):
                row.append((post, label, x))
                rows[i] = (office, max(right, x + breadth(label)), row)
                break
        else:
            rows.append((post.body, max(right, x + breadth(label)), [(post, label, x)]))
    return [row for _, _, row in rows]


def _bar(svg: Svg, axis: Axis, when: Stretch, y: float, now: str) -> None:
    a, b = axis.at(when.begins[0]), axis.at(when.begins[1])
    c, d = axis.at(when.ends[0]), axis.at(when.ends[1])
    b, c = (b, c) if b < c else (a, a)
    if d - a > c - b + 1:
        svg.add("rect", "c-loose", x=a, y=y, width=d - a, height=THICK)
    if c > b:
        svg.add("rect", f"c-post{now}", x=b, y=y, width=c - b, height=THICK)
        # The long edges carry the bar where its fill is too pale to.
        svg.path(f"c-edge{now}", f"M{b:.1f} {y:g}H{c:.1f}M{b:.1f} {y + THICK:g}H{c:.1f}")
