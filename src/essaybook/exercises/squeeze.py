"""Scripts and style sheets made smaller, and JavaScript with all that is no code blanked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import minify

Token = tuple[str, str]
"""What a piece is (code, text or comment) and the piece itself."""

_WORD = re.compile(r"[\w$]+")
_REGEX = re.compile(r"/(?:[^\\/\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
_BEFORE_REGEX = {"return", "typeof", "case", "in", "of", "delete", "void", "throw", "else", "do", "await", "yield"}

def tokens(text: str) -> Iterator[Token]:
    """The text in pieces; joined again they are the text."""
    at = 0
    depths: list[int] = []  # of braces, for each template that code stands in
    depth = 0
    last = ""  # the last word or sign of code, which tells a pattern from a division
    while at < len(text):
        sign = text[at]
        start = at
        if text.startswith("//", at):
            at = len(text) if (end := text.find("\n", at)) < 0 else end
            yield "comment", text[start:at]
        elif text.startswith("/*", at):
            at = len(text) if (end := text.find("*/", at + 2)) < 0 else end + 2
            yield "comment", text[start:at]
        elif sign in "\"'":
            at += 1
            while at < len(text) and text[at] != sign:
                at += 2 if text[at] == "\\" else 1
            at += 1
            last = '"'
            yield "text", text[start:at]
        elif sign == "`" or (sign == "}" and depths and depth == depths[-1]):
            if sign == "}":
                depths.pop()
            at += 1
            while at < len(text) and text[at] != "`" and not text.startswith("${", at):
                at += 2 if text[at] == "\\" else 1
            if text.startswith("${", at):
                depths.append(depth)
                at += 2
                last = "{"
            else:
                at += 1
                last = '"'
            yield "text", text[start:at]
        elif sign == "/" and (found := _REGEX.match(text, at)) and _begins(last):
            at = found.end()
            last = '"'
            yield "text", found[0]
        elif found := _WORD.match(text, at):
            at = found.end()
            last = found[0]
            yield "code", found[0]
        else:
            at += 1
            depth += (sign == "{") - (sign == "}")
            if not sign.isspace():
                last = sign
            yield "code", sign


def _begins(last: str) -> bool:
    """Whether a slash after this begins a pattern."""
    return last in _BEFORE_REGEX or not (last[-1:].isalnum() or last[-1:] in {"_", "$", ")", "]", "}", '"'})


def bare(text: str) -> str:
    """The text with comments, strings and patterns blanked and its lines kept: what is left is code."""
    return "".join(piece if kind == "code" else re.sub(r"[^\n]", " ", piece) for kind, piece in tokens(text))


def squeeze(text: str) -> str:
    """The same program with fewer characters, ended so that another may follow it. Raises minify's own error."""
    return str(minify.string("text/javascript", text)) + ";\n"


def tight(css: str) -> str:
    """The same style sheet with fewer characters. Raises minify's own error."""
    return str(minify.string("text/css", css)) + "\n"
