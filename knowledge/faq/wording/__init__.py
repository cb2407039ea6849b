"""Understand one typed text by itself, one idea per file.

    normalise   one spelling for the many ways of typing
    numbers     one spelling for numbers and units
    language    Sudachi: words and readings
    endings     how a question ends, cut by what the words are
    kinds       what is asked, apart from the topic
    questions   whether anything is asked at all
    wordlists   the words staff can edit

Nothing here knows an entry.
"""
