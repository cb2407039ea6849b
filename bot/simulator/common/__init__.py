"""Share what both fake platforms need: shapes, rates, faults on request."""
