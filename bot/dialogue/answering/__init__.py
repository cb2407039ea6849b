"""Turn an owner's words and taps into answers.

Answers are tapped, typed, told in a story, or confirmed by a yes.
"""
