"""``python -m essaybook.labs FOLDER``: every lab as a notebook, for a live copy of the book."""

import sys
from pathlib import Path

from essaybook.around import find, records_of
from essaybook.labs.notebook import write

if __name__ == "__main__":
    corpus = find()
    for path in write(corpus.parent, Path(sys.argv[1]), records_of(corpus)):
        print(path)
