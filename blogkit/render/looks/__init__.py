"""How widgets look: presets, the tokens and parts of `[theme]`, and the contrast of the result."""
