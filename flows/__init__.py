"""The questionnaires, their rules and the paths to support."""
