"""Hold the questionnaire and rules of 経営改善支援."""
