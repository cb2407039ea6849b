"""Share the parts both fake platforms need.

Shapes, rates, faults on request.
"""
