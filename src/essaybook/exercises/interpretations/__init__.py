"""Interpretations: historians' arguments tested on evidence; the placing is marked, the judgement is not."""
