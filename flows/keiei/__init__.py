"""Hold the questionnaire and rules of this programme: 経営改善支援."""
