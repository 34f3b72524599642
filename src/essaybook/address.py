"""Where the book lives: its public address and its repository, as the place that builds it says."""

from __future__ import annotations

import os
import re
from urllib.parse import quote


def site() -> str | None:
    """The public address of the site, or nothing where it is not known."""
    url = os.environ.get("BOOK_URL", "").strip()
    return url.rstrip("/") + "/" if url.startswith(("https://", "http://")) else None


def repository() -> str | None:
    """The public address of the repository: named, or from a forge's own variables."""
    env = os.environ
    named = env.get("BOOK_REPOSITORY", "").strip()
    if not named and env.get("GITHUB_REPOSITORY"):
        named = f"{env.get('GITHUB_SERVER_URL', 'https://github.com')}/{env['GITHUB_REPOSITORY']}"
    named = named or env.get("CI_PROJECT_URL", "").strip()
    return named.rstrip("/").removesuffix(".git") if named.startswith("https://") else None


def hub() -> str | None:
    """The address of a JupyterHub whose image is made from ``binder/``, or nothing where there is none."""
    url = os.environ.get("BOOK_HUB", "").strip()
    return url.rstrip("/") if url.startswith("https://") else None


def on_hub(at: str, path: str) -> str:
    """Where a hub opens a notebook for whoever follows the link, after they have signed in."""
    return f"{at}/hub/user-redirect/lab/tree/{quote(path)}"


def launch(repo: str, path: str | None) -> str:
    """Where a live copy opens, with ``path`` in front where one is given."""
    github = re.fullmatch(r"https://github\.com/([^/]+/[^/]+)", repo)
    gitlab = re.fullmatch(r"https://gitlab\.com/(.+)", repo)
    if github:
        spec = f"gh/{github[1]}/HEAD"
    elif gitlab:
        spec = f"gl/{quote(gitlab[1], safe='')}/HEAD"
    else:
        spec = f"git/{quote(repo, safe='')}/HEAD"
    return f"https://mybinder.org/v2/{spec}?urlpath={quote('lab/tree/' + path if path else 'lab', safe='')}"
