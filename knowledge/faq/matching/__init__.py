"""How a typed question finds its FAQ entry: one idea per file.

    normalise   one spelling for the many ways of typing
    language    Sudachi: words and readings
    views       what the scorers look at, made once per text
    synonyms    the words staff declared equal
    index       the FAQ, ready to be searched
    scorers     how alike two texts are, from four sides
    clauses     the parts of a compound or rambling question
    topics      near misses that are not ours
    decide      answer, offer or admit

Nothing here reads the clock, the network or the conversation.
"""
