// @ts-check
// What Sphinx's searchtools.js expects of its host, without its storage and its fetching.
// These names are read by that script, so they are global.
"use strict";

// eslint-disable-next-line no-unused-vars
const DOCUMENTATION_OPTIONS = {
  BUILDER: "html",
  FILE_SUFFIX: ".html",
  LINK_SUFFIX: ".html",
  SHOW_SEARCH_SUMMARY: false,
};

const SPHINX_HIGHLIGHT_ENABLED = false;

/** @param {string} words */
const _ = (words) => words;

const Documentation = { gettext: _ };

const _highlightText = () => {};

/** @param {() => void} start */
const _ready = (start) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
};
