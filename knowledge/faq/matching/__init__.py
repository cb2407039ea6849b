"""How a typed question finds its FAQ entry: one idea per file.

    normalise   one spelling for the many ways of typing
    numbers     one spelling for numbers and units
    language    Sudachi: words and readings
    endings     how a question ends, cut by what the words are
    kinds       what is asked, apart from the topic
    views       what the scorers look at, made once per text
    synonyms    the words staff declared equal
    index       the FAQ, ready to be searched
    scorers     how alike two texts are by spelling, from four sides
    meaning     how alike they are by meaning, where there is an encoder
    search      from a text to entries with scores
    clauses     the parts of a compound or rambling question
    topics      near misses that are not ours, by name
    elsewhere   questions that are not ours, by likeness
    naming      whether a question names what would hurt as a guess
    decide      answer, offer or admit

Nothing here reads the clock, the network or the conversation.
"""
