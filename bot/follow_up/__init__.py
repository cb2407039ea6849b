"""Follow an owner for three years, by consent and by their dates.

Pure: `moments` are the hours in which the bot may write, `schedule` every reminder as data,
`naming` takes a date and asks about an odd one.
"""
