"""Real processes that are really killed: `blogkit …` in forked children, at any boundary of a
run or at any time.
"""
