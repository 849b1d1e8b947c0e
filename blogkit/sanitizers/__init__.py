"""Predict what sites remove from HTML, and compare what they stored with what was sent.

- `judge`: what a site of a profile would do to a fragment, piece by piece (`attributes`, `styles`,
  `texts`, `comments`)
- `facts`, `hints`: the tables of what WordPress keeps, and of what to use instead
- `profiles`: what each kind of site keeps
- `compare`: what a site changed, in the `normal_form` in which spelling does not count

What is odd is not modelled, but reported as malformed, with the fix.
"""
