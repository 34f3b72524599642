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

/** @type {Record<string, string>} */
const OURS = {
  "Search Results": "Found",
  "Search finished, found ${resultCount} page(s) matching the search query.": "Pages and entries with all of these words: ${resultCount}.",
  "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": "Nothing in the book has all of these words. Try fewer, or another spelling.",
  "Preparing search...": "Reading the index",
};

/** @param {string} words */
const _ = (words) => OURS[words] ?? words;

const Documentation = { gettext: _ };

const _highlightText = () => {};

/** @param {() => void} start */
const _ready = (start) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
};
