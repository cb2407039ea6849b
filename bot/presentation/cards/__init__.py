"""Draw the cards for owners.

The result, the office, urgent help, figures, helplines.
"""
