"""How the book and each of its pages are cited: one model of a reference, and the forms that are made from it."""
