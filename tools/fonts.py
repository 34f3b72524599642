"""Cuts the book's face to the letters that it prints: `python3 tools/fonts.py FOLDER`.

With `fit` and files of other faces, which the metrics of a device's own can be had from (Gelasio has Georgia's,
Liberation Serif those of Times New Roman), it says how each must be adjusted to run as long as the book's.

FOLDER holds the `files` of the npm package `@fontsource/piazzolla` (OFL), fetched by `npm pack`. Needs
`fonttools` and `brotli`, and is run only when the book wants a letter that the face in
`src/essaybook/web/static/fonts` lacks; a test says so when it does.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "src/essaybook/web/static/fonts"
NEVER = set("#$*<=>@\\^`{|}~")
"""Signs that stand in no sentence. Code has a face of the device."""

ASCII = "".join(sign for sign in map(chr, range(0x20, 0x7F)) if sign not in NEVER)
MARKS = "\N{NO-BREAK SPACE}£§«±¶·»½×–—‘’‚“”„…′↑↓−"
COMMON = "äèéöü"
RARE = "ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŒßàâçêëîïôùûœáíóúñ"
"""Letters of a few titles and names. They have files of their own, which a page without them never asks for."""

CYRILLIC = "Ё№ё" + "".join(map(chr, range(0x410, 0x450)))
CAPITALS = "".join(sign for sign in map(chr, range(0x20, 0x60)) if sign not in NEVER | {"_", '"'})

FILES: dict[str, tuple[str, str, str]] = {
    "book-roman-latin": ("latin-400-normal", ASCII + MARKS + COMMON, "kern,liga,ccmp,pnum,tnum"),
    "book-italic-latin": ("latin-400-italic", ASCII + MARKS + COMMON, "kern,liga,ccmp"),
    "book-roman-cyrillic": ("cyrillic-400-normal", CYRILLIC, "kern"),
    "book-roman-rare": ("latin-400-normal", RARE, ""),
    "book-italic-rare": ("latin-400-italic", RARE, ""),
    "book-capitals": ("latin-600-normal", CAPITALS + "\N{NO-BREAK SPACE}·–—‘’“”…", "kern,liga"),
    "book-semibold-lower": ("latin-600-normal", " abcdefghijklmnopqrstuvwxyzé", "kern,liga"),
}
"""Each file of ours: the file it is cut from, its letters, its features."""


def main(folder: Path) -> int:
    """Cut every file and say how large they are together; more than 40,000 bytes are too many."""
    total = 0
    for name, (source, letters, features) in FILES.items():
        out = FONTS / f"{name}.woff2"
        subprocess.run(
            [
                sys.executable,
                "-m",
                "fontTools.subset",
                str(folder / f"piazzolla-{source}.woff2"),
                f"--text={letters}",
                f"--layout-features={features}",
                "--flavor=woff2",
                "--no-hinting",
                "--name-IDs=1,2,14",
                f"--output-file={out}",
            ],
            check=True,
        )
        total += out.stat().st_size
        print(f"{out.stat().st_size:6d}  {out.name}")
    print(f"{total:6d}  together")
    return int(total > 40_000)


def metrics(path: Path, letters: Counter[str]) -> tuple[float, float, float]:
    """A face's mean advance over these letters, its ascent and its descent, in ems."""
    from fontTools.ttLib import TTFont

    face = TTFont(path)
    em, names, advances = face["head"].unitsPerEm, face.getBestCmap(), face["hmtx"]
    known = {letter: count for letter, count in letters.items() if ord(letter) in names}
    total = sum(advances[names[ord(letter)]][0] * count for letter, count in known.items())
    return total / sum(known.values()) / em, face["hhea"].ascent / em, -face["hhea"].descent / em


def fit(paths: list[Path]) -> int:
    """Say what `@font-face` must adjust for each face to run as long as ours over the book's own prose."""
    prose = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "book").rglob("*.md"))
    letters = Counter(letter for letter in prose if letter.isalnum() or letter in " ,.’“”")
    for path in paths:
        kind = "italic" if "italic" in path.name.lower() else "roman"
        ours, ascent, descent = metrics(FONTS / f"book-{kind}-latin.woff2", letters)
        ratio = ours / metrics(path, letters)[0]
        print(
            f"{path.name}: size-adjust: {ratio:.1%}; ascent-override: {ascent / ratio:.1%}; "
            f"descent-override: {descent / ratio:.1%}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(fit(list(map(Path, sys.argv[2:]))) if sys.argv[1] == "fit" else main(Path(sys.argv[1])))
