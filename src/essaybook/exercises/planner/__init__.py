"""Planner: plan an essay in a frame that fades; the check names what is missing and gives no mark."""
