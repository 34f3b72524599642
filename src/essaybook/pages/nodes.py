"""Neutral nodes: what a page says, before the web or print gives it a form.

Each holds ids of records and, where an author wrote prose, children. The web form is in
``essaybook.web.visitors``, the print form in ``essaybook.pdf.writer``.
"""

from __future__ import annotations

from docutils import nodes


class Mention(nodes.Inline, nodes.TextElement):
    """A person, office, term, event, figure, work, source or claim named in prose.

    Attributes: ``kind``, ``record``. Children: the words as printed.
    """


class InlineQuotation(nodes.Inline, nodes.TextElement):
    """A recorded quotation, or part of one, inside a sentence. Attribute: ``record``."""


class Foreign(nodes.Inline, nodes.TextElement):
    """A word in another language. Attribute: ``lang``, a BCP 47 tag."""


class Taken(nodes.Inline, nodes.TextElement):
    """A file to take away, named in a sentence. Attribute ``path``, below the downloads. Children: the words."""


class Tool(nodes.Inline, nodes.TextElement):
    """A page of tools, named in a sentence. Attribute ``name``, as in its address. Children: the words."""


class SourceBlock(nodes.General, nodes.Element):
    """A passage with its apparatus. Attributes: ``record`` (quotation id), ``ids``."""


class Opener(nodes.General, nodes.Element):
    """How a chapter or a lab opens. Attribute ``opener``: the checked `Opening`, or what a lab says in its place.

    Children: what it presumes.
    """


class ThenBox(nodes.General, nodes.Element):
    """What people knew on a day. Children: a `ThenTitle`, then prose."""


class ThenTitle(nodes.TextElement):
    """Place and day of a `ThenBox`."""


class Close(nodes.General, nodes.Element):
    """How a chapter or a lab closes. Children: its `ClosePart`."""


class ClosePart(nodes.TextElement):
    """One line of a `Close`. Attribute ``part``: explains, leaves or depends; of a lab, sentence or limits."""


class ChartBlock(nodes.General, nodes.Element):
    """A chart. Attributes: ``record``, ``ids``."""


class CollationBlock(nodes.General, nodes.Element):
    """Two texts side by side. Attributes: ``record``, ``ids``."""


class LabBlock(nodes.General, nodes.Element):
    """What a cell of a lab shows. Attributes: ``lab`` (see `essaybook.labs.explore.Shown.lab`), ``ids``."""


class ClaimBlock(nodes.General, nodes.Element):
    """A claim with its verdict. Attributes: ``record``, ``ids``. Children: the reasons."""


class PositionList(nodes.General, nodes.Element):
    """Historians' positions. Attribute ``records``: ids in order."""


class ExerciseBlock(nodes.General, nodes.Element):
    """An exercise. Attributes: ``record``, ``type``, ``ids``."""


class ExerciseRecord(nodes.General, nodes.Element):
    """The record of an exercise as its author wrote it. Attribute: ``record``."""


class RightsList(nodes.General, nodes.Element):
    """Every source under its rights: the status, the statement, the sources that share it."""


class Catalogue(nodes.General, nodes.Element):
    """Every record of a kind, as a reference page lists them. Attribute: ``kind``."""


class WayBlock(nodes.General, nodes.Element):
    """A way through the book. Attributes: ``record``, ``ids``. Children: what it is for."""


class Glance(nodes.General, nodes.Element):
    """Every chapter with its aims and its minutes."""


class AssignBlock(nodes.General, nodes.Element):
    """A chapter to assign. Attributes: ``page``; ``exercises``, ids by shape. Children: its `AssignPart`."""


class AssignPart(nodes.TextElement):
    """What a teacher wrote of a chapter. Attribute ``part``: said, answer, a shape, question, or a level."""


class SpecificationList(nodes.General, nodes.Element):
    """Specifications, each with where the book treats its points. Attribute ``records``: ids in order."""


BLOCKS = (
    SourceBlock,
    Opener,
    ThenBox,
    Close,
    ChartBlock,
    CollationBlock,
    LabBlock,
    ClaimBlock,
    PositionList,
    ExerciseBlock,
    ExerciseRecord,
    RightsList,
    Catalogue,
    WayBlock,
    Glance,
    AssignBlock,
    SpecificationList,
)
INLINES = (Mention, InlineQuotation, Foreign, Taken, Tool)
PARTS = (ThenTitle, ClosePart, AssignPart)
