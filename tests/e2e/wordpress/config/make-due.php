<?php
// php make-due.php DOCROOT ID: the time of a scheduled post has come; cron has yet to see it.
require __DIR__ . '/load.php';
$id = (int) $argv[2];
$at = time() - 2 * MINUTE_IN_SECONDS;
$GLOBALS['wpdb']->update(
    $GLOBALS['wpdb']->posts,
    array('post_date' => wp_date('Y-m-d H:i:s', $at), 'post_date_gmt' => gmdate('Y-m-d H:i:s', $at)),
    array('ID' => $id)
);
clean_post_cache($id);
wp_clear_scheduled_hook('publish_future_post', array($id));
wp_schedule_single_event($at, 'publish_future_post', array($id));
