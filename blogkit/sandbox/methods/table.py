"""Map the names of the API's methods to their functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from blogkit.sandbox.methods import blogs, comments, entries, page_views, user_infos
from blogkit.sandbox.methods.call import Answer, ApiCall

OPERATIONS: Final[dict[str, Callable[[ApiCall], Answer]]] = {
    "blogUserInfos.get": blogs.get_blog_user_info,
    "blogs.get": blogs.get_blog,
    "blogs.getByUrl": blogs.get_blog_by_url,
    "blogs.listByUser": blogs.list_blogs,
    "comments.approve": lambda call: comments.set_status("LIVE", call),
    "comments.delete": comments.delete_comment,
    "comments.get": comments.get_comment,
    "comments.list": comments.list_comments_of_post,
    "comments.listByBlog": comments.list_comments_of_blog,
    "comments.markAsSpam": lambda call: comments.set_status("SPAM", call),
    "comments.removeContent": lambda call: comments.set_status("EMPTIED", call),
    "pageViews.get": page_views.get_page_views,
    "pages.delete": lambda call: entries.delete_resource("page", call),
    "pages.get": lambda call: entries.get_resource("page", call),
    "pages.insert": lambda call: entries.insert_resource("page", call),
    "pages.list": lambda call: entries.list_resources("page", call),
    "pages.patch": lambda call: entries.update_resource("page", False, call),
    "pages.publish": lambda call: entries.publish_resource("page", call),
    "pages.revert": lambda call: entries.revert_resource("page", call),
    "pages.update": lambda call: entries.update_resource("page", True, call),
    "postUserInfos.get": user_infos.get_post_user_info,
    "postUserInfos.list": user_infos.list_post_user_infos,
    "posts.delete": lambda call: entries.delete_resource("post", call),
    "posts.get": lambda call: entries.get_resource("post", call),
    "posts.getByPath": entries.get_by_path,
    "posts.insert": lambda call: entries.insert_resource("post", call),
    "posts.list": lambda call: entries.list_resources("post", call),
    "posts.patch": lambda call: entries.update_resource("post", False, call),
    "posts.publish": lambda call: entries.publish_resource("post", call),
    "posts.revert": lambda call: entries.revert_resource("post", call),
    "posts.search": entries.search,
    "posts.update": lambda call: entries.update_resource("post", True, call),
    "users.get": blogs.get_user,
}
