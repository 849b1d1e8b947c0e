"""Write to a blog at random while everything goes wrong, and count what must never happen:
python -m benchmarks.chaos [--site sandbox|wordpress].

Files change, are copied and cut off; people edit and delete on the blog; requests fail and answers
are damaged in every way; processes are killed at any boundary or any time; the journal is lost; and
two computers publish at once. No post may be there twice, none may be missing or old in the end,
and no edit may be overwritten unless the user said so.
"""
