"""Exercises as data: one folder per type, each with its model, its page form, its module and its print form.

A type is a folder ``<type>/`` holding

- ``model.py``    the record, what it cites, what a check finds in it, its form and key in plain lines
- ``page.html``   the controls as they stand in the page before any script runs
- ``widget.mjs``  the behaviour: read, write, judge, and what else the controls can do
- ``print.typ``   the form on paper and its key
"""
