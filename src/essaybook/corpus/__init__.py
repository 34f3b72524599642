"""The records a book draws on: models, loading and checks. Nothing here knows how a page looks."""

from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding
from essaybook.corpus.load import load

__all__ = ["Corpus", "Finding", "load"]
