"""Run cases from their card to their deletion."""
