<?php
// php export.php DOCROOT: the export of all content, as Tools → Export in wp-admin downloads it.
require __DIR__ . '/load.php';
require_once ABSPATH . 'wp-admin/includes/export.php';
wp_set_current_user(1);
export_wp();
