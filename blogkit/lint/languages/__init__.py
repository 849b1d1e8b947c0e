r"""The words that checks read in languages other than English.

Those of Hindi, Bengali, Marathi, Tamil, Telugu, Gujarati, Urdu, Spanish, Portuguese, Indonesian and
Vietnamese. They are looked for in every post, whatever language it names: a blog in English may
hold a post in Hindi. Python's `\b` ends a word before a vowel sign, so patterns here have none
(https://docs.python.org/3/library/re.html#regular-expression-syntax).
"""
