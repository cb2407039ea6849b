"""Beside the owner for three years, by consent: what is said when, computed from the dates they named.

Pure: `moments` are the hours in which one may write, `schedule` every reminder as data, `naming` takes a
date and asks about an odd one.
"""
