"""Figures an owner gives if they want to: asked one by one, taken, drawn."""
