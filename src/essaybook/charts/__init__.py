"""Charts from records, as SVG that follows the page's colours on the web and carries its own in print."""

from essaybook.charts.days import Told, steps
from essaybook.charts.draw import draw
from essaybook.charts.strip import strip
from essaybook.charts.words import credit, table

__all__ = ["Told", "credit", "draw", "steps", "strip", "table"]
