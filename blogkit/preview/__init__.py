"""The local preview: a page that shows a post while you write it, on this machine only.

A thin layer over `Project`, beside the command line: it shows what `Project` returns and calls its
methods. `server` opens the port, `access` decides who gets an answer, `session` keeps what is
shown, `watch` looks for changes, and the routes are in `pages`, `frames`, `publishing` and
`playground`.
"""
