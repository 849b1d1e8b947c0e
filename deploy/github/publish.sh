#!/usr/bin/env bash
# Publish, do what is due, and push what blogkit must know next time.
#
# In: BLOG_FOLDER, BLOG_UNTIL (empty: do not wait), and what GitHub sets.
set -uo pipefail

code=0
blogkit -C "$BLOG_FOLDER" publish --yes || code=$?
# What is due does not wait for a post with an error.
blogkit -C "$BLOG_FOLDER" run ${BLOG_UNTIL:+--until "$BLOG_UNTIL"} || code=$?

cd "$BLOG_FOLDER" || exit 1
git config user.name blogkit
git config user.email blogkit@users.noreply.github.com
if [ -f blogkit.state ]; then
    git add blogkit.state
    git diff --cached --quiet || git commit --quiet --message "Update blogkit.state"
fi
# GitHub stops the schedules of a public repository that had no commit for 60 days:
# https://docs.github.com/en/actions/how-tos/manage-workflow-runs/disable-and-enable-workflows
last=$(git log -1 --format=%ct)
if [ $(($(date +%s) - last)) -gt $((50 * 24 * 3600)) ]; then
    git commit --quiet --allow-empty --message "Keep the schedule of this repository active"
fi

# Others push, too. Without this file the next job would know less than this one.
for pause in 0 2 5 10 20; do
    sleep "$pause"
    git fetch --quiet origin "$GITHUB_REF_NAME" || continue
    [ -n "$(git log --format=%h FETCH_HEAD..HEAD)" ] || exit "$code"
    git rebase --quiet FETCH_HEAD || { git rebase --abort; continue; }
    git push --quiet origin "HEAD:$GITHUB_REF_NAME" && exit "$code"
done
echo "::error::blogkit.state could not be pushed; pull, run blogkit plan, and push it by hand"
exit 1
