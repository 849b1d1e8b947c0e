"""A site's media library: files, their texts, and their form in a post.

- `Media`: each file once (`library`)
- `ImageTexts`: alternative text, caption and title of a featured image (`texts`)
- `with_images`: uploaded images in a body, as WordPress makes them responsive (`form`)
"""

from blogkit.platforms.wordpress.media.form import USUAL_SIZE, Sizes, with_images
from blogkit.platforms.wordpress.media.library import (
    IMAGE_TYPES,
    Media,
    human_title,
    upload_file_name,
)
from blogkit.platforms.wordpress.media.texts import ImageTexts, with_image_settings, with_more

__all__ = [
    "IMAGE_TYPES",
    "USUAL_SIZE",
    "ImageTexts",
    "Media",
    "Sizes",
    "human_title",
    "upload_file_name",
    "with_image_settings",
    "with_images",
    "with_more",
]
