#!/usr/bin/env bash
# Show on a pull request what publishing it would do. Sends nothing to any blog.
#
# In: BLOG_FOLDER, PULL_REQUEST (its number; empty for other events), GH_TOKEN, and what GitHub sets.
set -uo pipefail

plan=$(mktemp)
blogkit -C "$BLOG_FOLDER" plan --no-color >"$plan" 2>&1
code=$?
cat "$plan"

# Indented, so that nothing in a title can end the code block; GitHub takes 65,536 characters.
comment=$(mktemp)
{
    echo "<!-- blogkit plan -->"
    if [ "$code" = 0 ]; then echo "**blogkit plan**"; else echo "**blogkit plan** (exit code $code)"; fi
    echo
    sed 's/^/    /' "$plan" | head -c 60000
} >"$comment"
cat "$comment" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"

say() {
    local comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments" known
    known=$(gh api --paginate "$comments" \
        --jq '.[] | select(.body | startswith("<!-- blogkit plan -->")) | .id') || return 1
    known=$(head -n 1 <<<"$known")
    if [ -n "$known" ]; then
        gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known" -F "body=@$comment"
    else
        gh api --method POST "$comments" -F "body=@$comment"
    fi >/dev/null
}
if [ -n "${PULL_REQUEST:-}" ] && ! say; then
    # A pull request from a fork gets a token that may only read.
    echo "::warning::the plan could not be posted as a comment; it is in the job's summary"
fi
exit "$code"
