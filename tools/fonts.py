"""Cuts the book's face to the letters that it prints: `python3 tools/fonts.py FOLDER`.

FOLDER holds the `files` of the npm package `@fontsource/piazzolla` (OFL), fetched by `npm pack`. Needs
`fonttools` and `brotli`, and is run only when the book wants a letter that the face in
`src/essaybook/web/static/fonts` lacks; a test says so when it does.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "src/essaybook/web/static/fonts"
ASCII = "".join(map(chr, range(0x20, 0x7F)))
MARKS = "\N{NO-BREAK SPACE}£§«¶·»½×–—‘’‚“”„…′↑↓−"
COMMON = "äèéöü"
RARE = "ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŒßàâçêëîïôùûœáíóúñ"
"""Letters of a few titles and names. They have files of their own, which a page without them never asks for."""

CYRILLIC = "Ё№ё" + "".join(map(chr, range(0x410, 0x450)))
CAPITALS = "".join(map(chr, range(0x20, 0x60))).replace("\\", "").replace("^", "").replace("_", "")

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


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
